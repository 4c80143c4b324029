import { expect, test } from "vitest";
import type { ConversationFilter } from "../data/model.ts";
import { exampleConversation, MINUTE, NOON } from "../testing/examples.ts";
import { belongs, inOrder } from "./sift.ts";

const ROWS = [
  exampleConversation({ id: "bot", unread: 0, lastMessageAt: NOON }),
  exampleConversation({ id: "asked", needsPerson: true, unread: 0, lastMessageAt: NOON - MINUTE }),
  exampleConversation({
    id: "wrote to a person",
    mode: "human",
    channel: "instagram",
    unread: 2,
    lastInboundAt: NOON - 9 * MINUTE,
    lastMessageAt: NOON - 9 * MINUTE,
  }),
  exampleConversation({
    id: "answered",
    mode: "human",
    lastMessageSender: "uid-1",
    unread: 1,
    lastMessageAt: NOON - 2 * MINUTE,
  }),
  exampleConversation({
    id: "put aside",
    needsPerson: true,
    unread: 0,
    assignedTo: "uid-1",
    snooze: { until: NOON + MINUTE, at: NOON },
  }),
  exampleConversation({
    id: "woken by the customer",
    unread: 0,
    assignedTo: "uid-1",
    lastMessageAt: NOON - 20 * MINUTE,
    snooze: { until: NOON + MINUTE, at: NOON - 2 * MINUTE },
  }),
  exampleConversation({ id: "over", status: "closed", needsPerson: true, userType: "prestador", unread: 0 }),
];
const ids = (filter: ConversationFilter) =>
  inOrder(ROWS, filter.view)
    .filter((row) => belongs(row, filter, { me: "uid-1", now: NOON }))
    .map((row) => row.id);

test("people who wait, the longest wait first", () => {
  expect(ids({ view: "waiting" })).toEqual(["wrote to a person", "asked"]);
});

test("the others with the latest first", () => {
  expect(ids({ view: "open" })).toEqual(["bot", "asked", "answered", "wrote to a person", "woken by the customer"]);
  expect(ids({ view: "unread" })).toEqual(["answered", "wrote to a person"]);
  expect(ids({ view: "closed" })).toEqual(["over"]);
});

test("channel and persona narrow each of them", () => {
  expect(ids({ view: "unread", channel: "instagram" })).toEqual(["wrote to a person"]);
  expect(ids({ view: "closed", userType: "cliente" })).toEqual([]);
});

test("put aside until its time, or until the customer writes", () => {
  expect(ids({ view: "snoozed" })).toEqual(["put aside"]);
});

test("one's own, and nobody's", () => {
  expect(ids({ view: "open", holder: "me" })).toEqual(["woken by the customer"]);
  expect(ids({ view: "waiting", holder: "none" })).toEqual(["wrote to a person", "asked"]);
});
