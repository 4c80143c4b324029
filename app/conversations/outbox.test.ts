import { Timestamp } from "firebase-admin/firestore";
import { describe, expect, test } from "vitest";
import type { SendFailure } from "../channels/channel.ts";
import type { Conversation, Message, OutboxRow } from "./model.ts";
import {
  decideOutcome,
  decideSend,
  MAX_ATTEMPTS,
  messageFields,
  PROOF_MS,
  retryDelay,
  UNANSWERED_PROOF_MS,
} from "./outbox.ts";

const NOW = 1_800_000_000_000;
const at = (milliseconds: number) => Timestamp.fromMillis(milliseconds);

describe("what to do with a row", () => {
  type Row = Parameters<typeof decideSend>[0];
  const pending: Row = { status: "pending", author: "bot", createdAt: at(NOW - 60_000) };
  const sending: Row = { ...pending, status: "sending", sendingAt: at(NOW - PROOF_MS) };
  const conversation = (fields: Partial<Conversation>) =>
    ({ id: "whatsapp_55", channel: "whatsapp", ...fields }) as Conversation;
  const human = conversation({ mode: "human", needsPerson: true, lastMessageSender: "omni_ia" });

  test.each<[string, Row, Partial<Message>, Conversation | undefined, unknown]>([
    ["new", pending, { status: "pending" }, conversation({}), { action: "send", unsure: 0 }],
    ["sent", { ...pending, status: "sent" }, {}, conversation({}), { action: "none" }],
    ["failed", { ...pending, status: "failed" }, {}, conversation({}), { action: "none" }],
    [
      "the channel asked for patience",
      { ...pending, nextAttemptAt: at(NOW + 5) },
      {},
      conversation({}),
      { action: "wait", until: NOW + 5 },
    ],
    ["patience is over", { ...pending, nextAttemptAt: at(NOW) }, {}, conversation({}), { action: "send", unsure: 0 }],
    [
      "in the middle of a send",
      { ...sending, sendingAt: at(NOW - PROOF_MS + 1) },
      { status: "sending" },
      conversation({}),
      { action: "wait", until: NOW + 1 },
    ],
    ["unproven", sending, { status: "sending" }, conversation({}), { action: "send", unsure: 1 }],
    [
      "unproven twice",
      { ...sending, unsure: 1 },
      { status: "sending" },
      conversation({}),
      { action: "fail", failure: "unknown" },
    ],
    ["retried after one unproven", { ...pending, unsure: 1 }, {}, conversation({}), { action: "send", unsure: 1 }],
    ["proven by a status", sending, { status: "delivered" }, conversation({}), { action: "settle", status: "sent" }],
    ["proven by an id", sending, { providerId: "wamid.1" }, conversation({}), { action: "settle", status: "sent" }],
    [
      "proven at once, before the ten seconds",
      { ...sending, sendingAt: at(NOW) },
      { status: "sent" },
      conversation({}),
      { action: "settle", status: "sent" },
    ],
    ["refused by a status", sending, { status: "failed" }, conversation({}), { action: "fail", failure: "message" }],
    ["a person took over", pending, {}, human, { action: "fail", failure: "superseded" }],
    ["a person took over, unproven", sending, {}, human, { action: "fail", failure: "superseded" }],
    [
      "a person had it since",
      pending,
      {},
      conversation({ botSince: at(NOW - 59_999) }),
      { action: "fail", failure: "superseded" },
    ],
    [
      "a person had it before",
      pending,
      {},
      conversation({ botSince: at(NOW - 60_000) }),
      { action: "send", unsure: 0 },
    ],
    [
      "an automation's, and a person had it since",
      { ...pending, automation: "followup_48h" },
      {},
      conversation({ botSince: at(NOW) }),
      { action: "send", unsure: 0 },
    ],
    [
      "an automation's, and the customer has stopped them since",
      { ...pending, automation: "followup_48h" },
      {},
      conversation({ contact: { optOut: true } }),
      { action: "fail", failure: "optout" },
    ],
    [
      "an answer, and the customer has stopped automatic messages",
      pending,
      {},
      conversation({ contact: { optOut: true } }),
      { action: "send", unsure: 0 },
    ],
    ["a person's own message", { ...pending, author: "person" }, {}, human, { action: "send", unsure: 0 }],
    ["the bot's farewell", { ...pending, handoff: true }, {}, human, { action: "send", unsure: 0 }],
    [
      "the farewell after the customer wrote again",
      { ...pending, handoff: true },
      {},
      conversation({ mode: "human", needsPerson: true, lastMessageSender: "55" }),
      { action: "send", unsure: 0 },
    ],
    [
      "the farewell after a person wrote",
      { ...pending, handoff: true },
      {},
      conversation({ mode: "human", needsPerson: true, lastMessageSender: "agent-1" }),
      { action: "fail", failure: "superseded" },
    ],
    [
      "the farewell after a person took it",
      { ...pending, handoff: true },
      {},
      conversation({ mode: "human", needsPerson: false, lastMessageSender: "omni_ia" }),
      { action: "fail", failure: "superseded" },
    ],
  ])("%s", (_what, row, message, owner, expected) => {
    expect(decideSend(row, message, owner, NOW)).toEqual(expected);
  });
});

describe("what a result makes of it", () => {
  const failed = (failure: SendFailure, retryAfterMs?: number) =>
    ({ ok: false, failure, code: 1, message: "", ...(retryAfterMs !== undefined && { retryAfterMs }) }) as const;

  test("sent", () => {
    const result = { ok: true, providerId: "wamid.1", shortened: false } as const;
    expect(decideOutcome({ attempts: 1 }, result, NOW)).toEqual({ row: "sent", providerId: "wamid.1" });
  });

  test.each<[SendFailure, Partial<OutboxRow>]>([
    ["window", { status: "failed" }],
    ["unreachable", { status: "failed" }],
    ["cooldown", { status: "failed" }],
    ["optout", { status: "failed" }],
    ["message", { status: "failed" }],
    ["channel", { status: "failed" }],
  ])("%s is final", (failure) => {
    expect(decideOutcome({ attempts: 1 }, failed(failure), NOW)).toEqual({ row: "failed", failure });
  });

  test("unknown stays open, and its proof has longer than that of a process that died", () => {
    const nextAttemptAt = NOW + UNANSWERED_PROOF_MS;
    expect(decideOutcome({ attempts: 1 }, failed("unknown"), NOW)).toEqual({ row: "sending", nextAttemptAt });
    const begun = { status: "sending", author: "bot", createdAt: at(NOW), sendingAt: at(NOW) } as const;
    const row = { ...begun, nextAttemptAt: at(nextAttemptAt) };
    const decide = (now: number) => decideSend(row, { status: "sending" }, undefined, now);
    expect(decide(NOW + PROOF_MS)).toEqual({ action: "wait", until: nextAttemptAt });
    expect(decide(nextAttemptAt)).toEqual({ action: "send", unsure: 1 });
  });

  test.each([
    [1, undefined, 10_000],
    [2, undefined, 20_000],
    [4, undefined, 80_000],
    [9, undefined, 600_000],
    [1, 3_600_000, 3_600_000],
    [1, 1, 10_000],
  ])("retry after %i attempts, asked for %s ms: in %i ms", (attempts, retryAfterMs, delay) => {
    expect(retryDelay(attempts, retryAfterMs)).toBe(delay);
    const outcome = decideOutcome({ attempts }, failed("retry", retryAfterMs), NOW);
    expect(outcome).toEqual({ row: "pending", nextAttemptAt: NOW + delay });
  });

  test("what may be tried again once is tried twice", () => {
    const result = { ...failed("retry"), once: true } as const;
    const again = { row: "pending", nextAttemptAt: NOW + 10_000, triedAgain: true };
    expect(decideOutcome({ attempts: 1 }, result, NOW)).toEqual(again);
    expect(decideOutcome({ attempts: 2, triedAgain: true }, result, NOW)).toEqual({
      row: "failed",
      failure: "exhausted",
    });
  });

  test("and so after tries that ended with something else", () => {
    const result = { ...failed("retry"), once: true } as const;
    const again = { row: "pending", nextAttemptAt: NOW + 20_000, triedAgain: true };
    expect(decideOutcome({ attempts: 2 }, result, NOW)).toEqual(again);
    const busy = decideOutcome({ attempts: 3, triedAgain: true }, failed("retry"), NOW);
    expect(busy).toEqual({ row: "pending", nextAttemptAt: NOW + 40_000 });
  });

  test("retry ends", () => {
    expect(decideOutcome({ attempts: MAX_ATTEMPTS }, failed("retry"), NOW)).toEqual({
      row: "failed",
      failure: "exhausted",
    });
  });
});

test("what a webhook said about a failure is not talked over", () => {
  const failure = { kind: "unknown", code: 0 } as const;
  expect(messageFields({ status: "failed" }, "failed", failure)).toEqual({ status: "failed" });
  expect(messageFields({ status: "delivered" }, "failed", failure)).toEqual({ status: "delivered" });
  expect(messageFields({ status: "sending" }, "failed", failure).error?.code).toBe(0);
});
