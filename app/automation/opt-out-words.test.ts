import { Timestamp } from "firebase-admin/firestore";
import { describe, expect, test } from "vitest";
import type { MessageEvent } from "../channels/channel.ts";
import { contactFields } from "../inbound/fast.ts";
import { asksToStop } from "./opt-out-words.ts";

test.each(["STOP", "stop", "Sair", "PARAR", "cancelar", " Sair. ", "“PARAR!”", "ＳＴＯＰ"])(
  "%j asks to stop",
  (text) => {
    expect(asksToStop(text)).toBe(true);
  },
);

test.each(["", "quero cancelar o pedido", "sair de casa", "não pare", "parara", "stopwatch", "x".repeat(5_000)])(
  "%j does not",
  (text) => {
    expect(asksToStop(text)).toBe(false);
  },
);

describe("what a webhook writes down", () => {
  const event = (changes: Partial<MessageEvent>): MessageEvent => ({
    type: "message",
    channel: "instagram",
    account: "100000000000003",
    at: 1_000,
    direction: "in",
    providerId: "mid",
    customer: "1",
    kind: "text",
    text: "SAIR",
    attachments: [],
    ...changes,
  });

  test("the customer's wish, in any channel", () => {
    expect(contactFields([event({})])).toEqual({ contact: { optOut: true, optOutAt: Timestamp.fromMillis(1_000) } });
  });

  test("not the word of a person of ours, and nothing of other messages", () => {
    expect(contactFields([event({ direction: "echo" }), event({ text: "Olá" })])).toEqual({});
  });
});
