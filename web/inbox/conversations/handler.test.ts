import { expect, test } from "vitest";
import { exampleConversation } from "../testing/examples.ts";
import { handlerOf } from "./handler.ts";

test("the bot has it, even while the customer waits for its answer", () => {
  expect(handlerOf(exampleConversation({ mode: "bot" }))).toEqual({ kind: "bot" });
});

test("with a person and the customer spoke last: it waits", () => {
  expect(handlerOf(exampleConversation({ mode: "human", assignedTo: "uid-1" }))).toEqual({
    kind: "waiting",
  });
});

test("the bot asked for a person: it waits, until it is closed", () => {
  expect(handlerOf(exampleConversation({ mode: "bot", needsPerson: true }))).toEqual({ kind: "waiting" });
  expect(handlerOf(exampleConversation({ mode: "bot", needsPerson: true, status: "closed" }))).toEqual({ kind: "bot" });
});

test("with a person who answered: theirs, named when somebody is assigned", () => {
  const answered = { mode: "human", lastMessageSender: "uid-1" } as const;
  expect(handlerOf(exampleConversation(answered))).toEqual({ kind: "person" });
  expect(handlerOf(exampleConversation({ ...answered, assignedTo: "uid-1" }))).toEqual({
    kind: "person",
    who: "uid-1",
  });
});
