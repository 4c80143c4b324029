import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { parseReply } from "./reply.ts";

test.each([
  [
    "plain",
    '{"reply":"Oi","action":"continue","reason":"saudação"}',
    { reply: "Oi", action: "continue", reason: "saudação" },
  ],
  [
    "fenced",
    '```json\n{"reply":"Oi","action":"handoff","reason":""}\n```',
    { reply: "Oi", action: "handoff", reason: "" },
  ],
  ["without a reason", '{"reply":"Oi","action":"continue"}', { reply: "Oi", action: "continue", reason: "" }],
  [
    "a reason of another type",
    '{"reply":"Oi","action":"continue","reason":7}',
    { reply: "Oi", action: "continue", reason: "" },
  ],
  [
    "unknown fields",
    '{"reply":"Oi","action":"continue","reason":"r","tool":"x"}',
    { reply: "Oi", action: "continue", reason: "r" },
  ],
  [
    "a long reason",
    `{"reply":"","action":"handoff","reason":"a\\n${"b".repeat(300)}"}`,
    { reply: "", action: "handoff", reason: "a…" },
  ],
  ["no JSON", "Oi!", undefined],
  ["cut JSON", '{"reply":"Oi', undefined],
  ["an unknown action", '{"reply":"Oi","action":"refund","reason":""}', undefined],
  ["no reply", '{"action":"continue","reason":""}', undefined],
  ["a list", "[]", undefined],
  ["null", "null", undefined],
])("%s", (_, text, reply) => {
  expect(parseReply(text)).toEqual(reply);
});

property.prop([fc.oneof(fc.string(), fc.json())])("never throws", (text) => {
  expect(["undefined", "object"]).toContain(typeof parseReply(text));
});
