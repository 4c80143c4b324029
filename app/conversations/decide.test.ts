import { Timestamp } from "firebase-admin/firestore";
import { describe, expect, test } from "vitest";
import {
  decideClaim,
  decideCommit,
  isAwaiting,
  LEASE_MS,
  OUTAGE_MS,
  saidFallback,
  unanswered,
  WINDOW_MS,
  whyNotAnswer,
} from "./decide.ts";
import type { Conversation } from "./model.ts";

const NOW = 1_800_000_000_000;
const at = (milliseconds: number) => Timestamp.fromMillis(milliseconds);
const lease = (job: string, expiresAt: number, token = "t") => ({ token, job, expiresAt: at(expiresAt) });
const waiting = { awaitingReply: true, inboundCount: 3, answeredCount: 1 };

describe("what waits", () => {
  test.each<[Pick<Conversation, "awaitingReply" | "inboundCount" | "answeredCount">, number, boolean]>([
    [waiting, 2, true],
    [{ inboundCount: 1, awaitingReply: true }, 1, true],
    [{ ...waiting, awaitingReply: false }, 2, false],
    [{ ...waiting, answeredCount: 3 }, 0, false],
    [{ awaitingReply: true }, 0, false],
  ])("%o", (conversation, count, awaiting) => {
    expect([unanswered(conversation), isAwaiting(conversation)]).toEqual([count, awaiting]);
  });
});

test.each([
  ["nobody has it", {}, "take"],
  ["it was given back", { lease: null }, "take"],
  ["another job has it", { lease: lease("job-2", NOW + 1) }, "held"],
  ["another job's lease has run out", { lease: lease("job-2", NOW) }, "take"],
  ["the same job has it: its first run died", { lease: lease("job-1", NOW + LEASE_MS) }, "take"],
])("claim: %s", (_what, fields, expected) => {
  expect(decideClaim({ ...waiting, ...fields }, 0, "job-1", NOW)).toBe(expected);
});

test("claim: an open row alone is work, and without either there is none", () => {
  const settled = { ...waiting, awaitingReply: false };
  expect(decideClaim(settled, 1, "job-1", NOW)).toBe("take");
  expect(decideClaim(settled, 0, "job-1", NOW)).toBe("nothing_waiting");
});

test.each([
  [{ mode: "bot", status: "active" }, "open", NOW, undefined],
  [{ status: "active" }, "open", NOW - WINDOW_MS, undefined],
  [{ mode: "human", status: "closed" }, "closed", 0, "human"],
  [{ status: "closed" }, "open", NOW, "closed"],
  [{ status: "active" }, "open", NOW - WINDOW_MS - 1, "too_old"],
  [{ status: "active" }, "person_only", NOW, "window"],
  [{ status: "active" }, "template_only", NOW, "window"],
] as const)("no answer when %o, window %s", (conversation, window, lastInboundAt, expected) => {
  expect(whyNotAnswer(conversation, window, lastInboundAt, NOW)).toBe(expected);
});

describe("commit", () => {
  const conversation = {
    ...waiting,
    id: "whatsapp_1",
    status: "active",
    lease: lease("job-1", NOW, "mine"),
  } as unknown as Conversation;
  const question = {
    conversation,
    token: "mine",
    answering: 3,
    lastRound: false,
    window: "open",
    lastInboundAt: NOW,
    now: NOW,
  } as const;

  test.each<[string, Partial<Conversation>, Partial<typeof question | { lastRound: true }>, unknown]>([
    ["as it was", {}, {}, "commit"],
    ["even after the lease ran out, while nobody took it", {}, { now: NOW + LEASE_MS } as never, "commit"],
    ["another worker took it", { lease: lease("job-2", NOW, "theirs") }, {}, "lost"],
    ["the lease was given back", { lease: null }, {}, "lost"],
    ["already answered", { answeredCount: 3 }, {}, "lost"],
    ["the customer wrote more", { inboundCount: 4 }, {}, "ask_again"],
    ["the customer wrote more, in the last round", { inboundCount: 4 }, { lastRound: true }, "commit"],
    [
      "the customer took something back, even in the last round",
      { takenBackAt: at(NOW) },
      { lastRound: true },
      "ask_again",
    ],
    ["a person took over", { mode: "human", inboundCount: 4 }, {}, { skip: "human" }],
    ["a person closed it", { status: "closed" }, {}, { skip: "closed" }],
  ])("%s", (_what, fields, asked, expected) => {
    expect(decideCommit({ ...conversation, ...fields }, { ...question, ...asked })).toEqual(expected);
  });
});

test("the fallback text is said once an outage", () => {
  expect(saidFallback({}, NOW)).toBe(false);
  expect(saidFallback({ fallbackAt: null }, NOW)).toBe(false);
  expect(saidFallback({ fallbackAt: at(NOW - OUTAGE_MS + 1) }, NOW)).toBe(true);
  expect(saidFallback({ fallbackAt: at(NOW - OUTAGE_MS) }, NOW)).toBe(false);
});
