import { type Firestore, Timestamp } from "firebase-admin/firestore";
import { beforeEach, describe, expect, test } from "vitest";
import { firestoreForTests } from "../conversations/testing/firestore.ts";
import { searchConversations } from "./search.ts";
import { nameBeginnings, searchWords } from "./words.ts";

const store = firestoreForTests();
let db: Firestore;

beforeEach(() => {
  db = store.fresh();
});

/** A customer with what they wrote, oldest first; `at` is the second of the first one. */
async function customer(phone: string, name: string, at: number, ...texts: readonly string[]): Promise<string> {
  const id = `whatsapp_${phone}`;
  const batch = db.batch();
  const time = (index: number) => Timestamp.fromMillis((at + index) * 1_000);
  batch.set(db.doc(`conversations/${id}`), {
    id,
    channel: "whatsapp",
    contact: { name, words: nameBeginnings(name) },
    lastMessageAt: time(texts.length - 1),
  });
  for (const [index, text] of texts.entries()) {
    const message = {
      id: `${phone}-${index}`,
      conversationId: id,
      text,
      timestamp: time(index),
      words: searchWords(text),
    };
    batch.set(db.doc(`messages/${message.id}`), message);
  }
  await batch.commit();
  return id;
}

const found = async (words: string, limit = 20) =>
  (await searchConversations(db, words, limit)).map(({ conversation, message }) =>
    message ? `${conversation.id}: ${message.text}` : conversation.id,
  );

describe("a search", () => {
  test("finds a person by the beginnings of their names, the newest first", async () => {
    const first = await customer("5511900000001", "João Exemplo", 1, "Oi");
    const second = await customer("5511900000002", "Joana Exemplo", 2, "Oi");
    await customer("5511900000003", "Maria Exemplo", 3, "Oi");
    expect(await found("joa")).toEqual([second, first]);
    expect(await found("EXEMP joão")).toEqual([first]);
    expect(await found("oana")).toEqual([]);
  });

  test("finds a number as it is dialled at home and abroad", async () => {
    const id = await customer("5511900000001", "João Exemplo", 1, "Oi");
    await customer("5521900000002", "Maria Exemplo", 1, "Oi");
    expect(await found("+55 11 9000")).toEqual([id]);
    expect(await found("(11) 90000-0001")).toEqual([id]);
    expect(await found("119")).toEqual([]);
  });

  test("finds the newest message that holds all the words, once for each conversation", async () => {
    const id = await customer("5511900000001", "João", 1, "Orçamento da casa", "O orçamento de novo, da CASA", "Oi");
    expect(await found("orcamento casa")).toEqual([`${id}: O orçamento de novo, da CASA`]);
    expect(await found("orçamento barco")).toEqual([]);
    expect(await found("orçam")).toEqual([]);
  });

  test("shows persons before messages, and no more than asked for", async () => {
    const said = await customer("5511900000001", "João", 9, "Fala com a Maria");
    const named = await customer("5511900000002", "Maria", 1, "Oi");
    expect(await found("maria")).toEqual([named, `${said}: Fala com a Maria`]);
    expect(await found("maria", 1)).toEqual([named]);
  });

  test("finds nothing by signs alone", async () => {
    await customer("5511900000001", "João", 1, "!!!");
    expect(await found("!!!")).toEqual([]);
  });
});
