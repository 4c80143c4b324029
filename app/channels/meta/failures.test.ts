import { expect, test } from "vitest";
import type { MetaChannelName, SendFailure } from "../channel.ts";
import { adviceFor, classify } from "./failures.ts";

const WHATSAPP: Partial<Record<SendFailure, number[]>> = {
  retry: [1, 2, 4, 80007, 130429, 131000, 131016, 131056, 131057, 133004],
  channel: [0, 190, 3, 10, 200, 250, 299, 368, 131005, 131031, 131042, 131045, 133010],
  unreachable: [131026],
  window: [131047, 470],
  cooldown: [131048, 131049],
  optout: [131050],
  message: [33, 100, 131008, 131009, 131021, 131037, 131051, 131052, 131053, 131062, 130472, 130497, 132000, 132001],
};

test.each(Object.entries(WHATSAPP).flatMap(([failure, codes]) => codes.map((code) => [code, failure] as const)))(
  "WhatsApp %i is %s, whatever the HTTP status says",
  (code, failure) => {
    expect(classify("whatsapp", 400, code).failure).toBe(failure);
    expect(classify("whatsapp", 500, code).failure).toBe(failure);
  },
);

test.each<[MetaChannelName, number, number | undefined, SendFailure]>([
  ["facebook", 2, undefined, "retry"],
  ["facebook", 613, undefined, "retry"],
  ["facebook", 613, 2534040, "retry"],
  ["facebook", 613, 2018338, "message"],
  ["facebook", 10, 2018278, "window"],
  ["instagram", 10, 2534022, "window"],
  ["facebook", 10, 2018108, "unreachable"],
  ["facebook", 10, 1893063, "channel"],
  ["facebook", 10, undefined, "channel"],
  ["facebook", 100, 2018001, "unreachable"],
  ["instagram", 100, 2534014, "unreachable"],
  ["instagram", 100, 2534037, "message"],
  ["facebook", 100, undefined, "message"],
  ["facebook", 551, undefined, "unreachable"],
  ["facebook", 200, 1545041, "unreachable"],
  ["facebook", 200, undefined, "channel"],
  ["facebook", 190, 463, "channel"],
  ["facebook", 230, undefined, "message"],
  ["instagram", 80002, undefined, "retry"],
])("%s %i/%s is %s", (channel, code, subcode, failure) => {
  expect(classify(channel, 400, code, subcode).failure).toBe(failure);
});

test.each<[number, SendFailure]>([
  [429, "retry"],
  [500, "retry"],
  [503, "retry"],
  [502, "unknown"],
  [504, "unknown"],
  [401, "channel"],
  [403, "channel"],
  [400, "message"],
])("an unknown code with HTTP %i is %s", (status, failure) => {
  expect(classify("whatsapp", status, 999_999).failure).toBe(failure);
});

test.each<MetaChannelName>(["whatsapp", "facebook", "instagram"])(
  "%s: code 1 is tried again once, others are not so",
  (channel) => {
    expect(classify(channel, 500, 1)).toEqual({ failure: "retry", once: true });
    expect(classify(channel, 500, 2)).toEqual({ failure: "retry" });
  },
);

test("a customer whom Meta wants left alone is left alone for a day, a pair of numbers for six seconds", () => {
  expect(classify("whatsapp", 400, 131049).retryAfterMs).toBe(86_400_000);
  expect(classify("whatsapp", 400, 131056).retryAfterMs).toBe(6_000);
  expect(classify("whatsapp", 400, 130429).retryAfterMs).toBeUndefined();
});

test("an operator reads plain words, by subcode where there is one", () => {
  expect(adviceFor(131047)).toContain("24 horas");
  expect(adviceFor(10, 2018278)).toContain("Só uma pessoa");
  expect(adviceFor(190, 463)).toContain("conectar o canal");
  expect(adviceFor(424242)).toBeUndefined();
});
