import { expect, test } from "vitest";
import { exampleConversation, MINUTE, NOON } from "../testing/examples.ts";
import { arrivals, knownOf } from "./arrivals.ts";

const row = exampleConversation({ id: "a", lastMessageAt: NOON });
const ids = (...args: Parameters<typeof arrivals>) => arrivals(...args).map((found) => found.id);

test("a page that has just been opened announces nothing", () => {
  expect(ids(undefined, [row])).toEqual([]);
});

test("one that begins to wait, and one in which the customer wrote again", () => {
  expect(ids(knownOf([]), [row])).toEqual(["a"]);
  const handedOver = { ...row, needsPerson: true, lastMessageSender: "omni_ia" };
  expect(ids(knownOf([]), [handedOver])).toEqual(["a"]);
  expect(ids(knownOf([row]), [{ ...row, lastMessageAt: NOON + MINUTE }])).toEqual(["a"]);
});

test("not one that has not moved, and not one that we moved", () => {
  expect(ids(knownOf([row]), [row])).toEqual([]);
  expect(ids(knownOf([row]), [{ ...row, lastMessageAt: NOON + MINUTE, lastMessageSender: "uid-1" }])).toEqual([]);
});
