import { expect, test } from "vitest";
import { exampleMessage, MINUTE, NOON } from "../testing/examples.ts";
import { entriesOf } from "./entries.ts";

const ID = "whatsapp_5511900000001";
const NEWEST_FIRST = [
  exampleMessage({ id: "m2", at: NOON - MINUTE }),
  exampleMessage({ id: "m1", at: NOON - 10 * MINUTE }),
];
const note = (id: string, at: number) => ({ id, conversationId: ID, author: "uid-1", text: id, mentions: [], at });
const NOTES = [note("after", NOON), note("between", NOON - 5 * MINUTE), note("before", NOON - 60 * MINUTE)];
const ids = (hasMore: boolean) => entriesOf(ID, NEWEST_FIRST, [], NOTES, hasMore).map(({ id }) => id);

test("notes stand where they were written, under keys of their own", () => {
  expect(ids(false)).toEqual(["before", "m1", "between", "m2", "after"]);
  const [first] = entriesOf(ID, NEWEST_FIRST, [], NOTES, false);
  expect(first).toMatchObject({ key: "note before", author: "note", sender: "uid-1" });
});

test("those older than what is loaded come with its page", () => {
  expect(ids(true)).toEqual(["m1", "between", "m2", "after"]);
});

test("the same note gives the same entry, so that its row is not drawn again", () => {
  const [first] = entriesOf(ID, [], [], NOTES);
  expect(entriesOf(ID, NEWEST_FIRST, [], NOTES)[0]).toBe(first);
});

test("messages of one second stand as they came", () => {
  const at = NOON - MINUTE;
  const third = exampleMessage({ id: "third", at, arrivedAt: NOON + 0.002 });
  const first = exampleMessage({ id: "first", at, arrivedAt: NOON });
  const second = exampleMessage({ id: "second", at, arrivedAt: NOON + 0.001 });
  expect(entriesOf(ID, [second, third, first], []).map(({ id }) => id)).toEqual(["first", "second", "third"]);
});
