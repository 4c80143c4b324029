import { expect, test } from "vitest";
import { exampleConversation } from "../testing/examples.ts";
import { handlerOf } from "./handler.ts";

test("the bot has it, even while the customer waits for its answer", () => {
  expect(handlerOf(exampleConversation({ mode: "bot" }))).toEqual({ kind: "bot" });
});

test("with a person and the customer spoke last: it waits", () => {
  expect(handlerOf(exampleConversation({ mode: "human", assignedTo: "agente@exemplo.com" }))).toEqual({
    kind: "waiting",
  });
});

test("with a person who answered: theirs, named when somebody is assigned", () => {
  const answered = { mode: "human", lastMessageSender: "agente@exemplo.com" } as const;
  expect(handlerOf(exampleConversation(answered))).toEqual({ kind: "person" });
  expect(handlerOf(exampleConversation({ ...answered, assignedTo: "agente@exemplo.com" }))).toEqual({
    kind: "person",
    who: "agente@exemplo.com",
  });
});
