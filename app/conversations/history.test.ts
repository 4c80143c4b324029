import { Timestamp } from "firebase-admin/firestore";
import { describe, expect, test } from "vitest";
import { readHistory } from "./history.ts";
import type { Conversation, Message } from "./model.ts";

const conversation = { id: "whatsapp_55", channel: "whatsapp" } as Conversation;

/** `at` is the provider's clock, `stored` ours, both in seconds. */
function message(
  sender: string,
  text: string,
  at: number,
  fields: Partial<Message> & { stored?: number } = {},
): Message {
  const { stored = at, ...rest } = fields;
  return {
    id: `${sender}-${text}`,
    sender,
    senderType: sender === "omni_ia" ? "bot" : sender === "55" ? "cliente" : "admin",
    text,
    timestamp: Timestamp.fromMillis(at * 1000),
    createdAt: Timestamp.fromMillis(stored * 1000),
    ...rest,
  } as Message;
}

const words = (messages: Message[], waiting: number, of = conversation) =>
  readHistory(of, messages, waiting).turns.map(({ author, text }) => `${author}: ${text}`);

describe("readHistory", () => {
  test("oldest first, each by its author", () => {
    const newestFirst = [message("55", "c", 3), message("agent", "b", 2), message("omni_ia", "a", 1)];
    expect(words(newestFirst, 1)).toEqual(["bot: a", "person: b", "customer: c"]);
  });

  test("what the customer never got was not said", () => {
    const newestFirst = [
      message("55", "c", 3),
      message("omni_ia", "b", 2, { status: "failed" }),
      message("55", "a", 1),
    ];
    expect(words(newestFirst, 1)).toEqual(["customer: a", "customer: c"]);
  });

  test("what waits comes last, although the provider delivered it late", () => {
    const newestFirst = [
      message("omni_ia", "resposta", 5),
      message("55", "tarde", 2, { stored: 9 }),
      message("55", "oi", 1),
    ];
    expect(words(newestFirst, 1)).toEqual(["customer: oi", "bot: resposta", "customer: tarde"]);
  });

  test("several of one second come as they were written down, to the microsecond", () => {
    const stored = (micros: number) => ({ createdAt: new Timestamp(9, micros * 1_000) });
    const anyOrder = [
      message("55", "b", 1, stored(2)),
      message("55", "c", 1, stored(3)),
      message("55", "a", 1, stored(1)),
    ];
    expect(words(anyOrder, 3)).toEqual(["customer: a", "customer: b", "customer: c"]);
  });

  test("several of one arrival keep the provider's order", () => {
    const newestFirst = [message("55", "b", 2, { stored: 9 }), message("55", "a", 1, { stored: 9 })];
    expect(words(newestFirst, 1)).toEqual(["customer: a", "customer: b"]);
  });

  test("nothing from before the conversation was handed back to the bot", () => {
    const newestFirst = [message("55", "novo", 8), message("55", "quero uma pessoa", 3), message("omni_ia", "oi", 1)];
    expect(words(newestFirst, 1, { ...conversation, botSince: Timestamp.fromMillis(5000) })).toEqual([
      "customer: novo",
    ]);
  });

  test("kinds without words are named, and what was unsent is left out", () => {
    const newestFirst = [
      message("55", "", 4, { kind: "audio" }),
      message("55", "meu telhado", 3, { kind: "image" }),
      message("55", "apagada", 2, { deletedAt: Timestamp.fromMillis(1) }),
      message("55", "oi", 1, { kind: "text" }),
    ];
    expect(words(newestFirst, 4)).toEqual(["customer: oi", "customer: [imagem] meu telhado", "customer: [áudio]"]);
  });

  test("says when everything that waits was unsent", () => {
    const gone = message("55", "apagada", 2, { deletedAt: Timestamp.fromMillis(1) });
    expect(readHistory(conversation, [gone, message("55", "oi", 1)], 1).nothingLeft).toBe(true);
    expect(readHistory(conversation, [gone, message("55", "oi", 1)], 2).nothingLeft).toBe(false);
    expect(readHistory(conversation, [], 1).nothingLeft).toBe(false);
  });
});
