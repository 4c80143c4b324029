import { expect, test } from "vitest";
import { DAY, exampleConversation, NOON } from "../testing/examples.ts";
import { composerState } from "./composer-state.ts";

test("with a person and the window open there is nothing to say", () => {
  expect(composerState(exampleConversation({ mode: "human" }), NOON)).toEqual({ kind: "open", hint: "none" });
});

test("with the bot, sending takes over", () => {
  expect(composerState(exampleConversation(), NOON)).toEqual({ kind: "open", hint: "takes_over" });
});

test("with the bot asking for a person, it says so", () => {
  expect(composerState(exampleConversation({ needsPerson: true }), NOON)).toEqual({ kind: "open", hint: "asked_for" });
});

test("a closed window shuts it, and says since when", () => {
  const late = exampleConversation({ lastInboundAt: NOON - 2 * DAY });
  expect(composerState(late, NOON)).toEqual({ kind: "window_closed", since: NOON - DAY });
});

test("after 24 hours on Instagram a person may still write", () => {
  const late = exampleConversation({ channel: "instagram", lastInboundAt: NOON - 2 * DAY });
  expect(composerState(late, NOON)).toEqual({ kind: "open", hint: "person_only", until: NOON + 5 * DAY });
});

test("a closed conversation is shut whatever the window says", () => {
  expect(composerState(exampleConversation({ status: "closed" }), NOON)).toEqual({ kind: "conversation_closed" });
});
