import { beforeEach, describe, expect, test } from "vitest";
import type { Letter, Queue } from "./letter.ts";
import { drop, type LetterStore, list, type Outcome, replay } from "./office.ts";
import { line } from "./report.ts";

const ANSWER = { conversationId: "whatsapp_5511900000001", trace: "t1" };
const FILES = { messageId: "m1" };
const EVENT = { event: { type: "message", channel: "whatsapp", customer: "5511900000001", text: "segredo" } };

let waiting: Letter[];
let held: Set<string>;
let published: { queue: Queue; body: string }[];
let outcomes: Outcome[];
let slept: number[];
let store: LetterStore;
let failAt: number | undefined;

beforeEach(() => {
  held = new Set();
  published = [];
  outcomes = [];
  slept = [];
  failAt = undefined;
  store = {
    async pull(most) {
      const page = waiting.filter(({ id }) => !held.has(id)).slice(0, most);
      for (const { id } of page) held.add(id);
      return page;
    },
    release: async (letters) => {
      for (const { id } of letters) held.delete(id);
    },
    remove: async (letters) => {
      waiting = waiting.filter((one) => !letters.includes(one));
    },
    publish: async (queue, { body }) => {
      if (published.length === failAt) throw new Error("Pub/Sub is down");
      published.push({ queue, body });
    },
  };
});

function letters(...bodies: unknown[]): Letter[] {
  return bodies.map((body, index) => ({
    id: String(index + 1),
    ackId: `ack-${index}`,
    body: typeof body === "string" ? body : JSON.stringify(body),
    attributes: {},
    diedAt: Date.UTC(2026, 10, 20),
  }));
}
const options = (ids: string[] = [], queue?: Queue) => ({
  filter: { ids: new Set(ids), ...(queue && { queue }) },
  limit: 1_000,
  onOutcome: (outcome: Outcome) => void outcomes.push(outcome),
});
const replaying = (ids: string[] = []) => ({
  ...options(ids),
  rate: 10,
  dryRun: false,
  sleep: async (ms: number) => void slept.push(ms),
});

test("a list tells what each is about, without a customer's words, and leaves them as they are", async () => {
  waiting = letters(ANSWER, FILES, EVENT, "no JSON", { event: 1 });
  expect(await list(store, options())).toBe(5);
  const lines = outcomes.map((outcome) => line(outcome, "list", false));
  expect(lines).toEqual([
    "1  2026-11-20T00:00:00.000Z  replies  answer  whatsapp_5511900000001  trace t1",
    "2  2026-11-20T00:00:00.000Z  replies  files  m1",
    "3  2026-11-20T00:00:00.000Z  inbound-fallback  message  whatsapp_5511900000001",
    "4  2026-11-20T00:00:00.000Z  unknown  not understood",
    "5  2026-11-20T00:00:00.000Z  unknown  not understood",
  ]);
  expect(lines.join()).not.toContain("segredo");
  expect([waiting.length, held.size]).toEqual([5, 0]);
});

test("Pub/Sub's own note says where a letter comes from, before its body does", async () => {
  const [letter] = letters("no JSON");
  const attributes = {
    CloudPubSubDeadLetterSourceSubscription: "servio-replies",
    CloudPubSubDeadLetterSourceDeliveryCount: "5",
  };
  waiting = letter ? [{ ...letter, attributes }] : [];
  await list(store, options());
  expect(outcomes[0]?.summary).toMatchObject({ queue: "replies", attempts: 5 });
});

describe("replay", () => {
  test("puts each back where it comes from, no faster than told, and keeps what is none of ours", async () => {
    waiting = letters(ANSWER, EVENT, "no JSON");
    expect(await replay(store, replaying())).toBe(3);
    expect(published).toEqual([
      { queue: "replies", body: JSON.stringify(ANSWER) },
      { queue: "inbound-fallback", body: JSON.stringify(EVENT) },
    ]);
    expect(slept).toEqual([100, 100]);
    expect(waiting.map(({ id }) => id)).toEqual(["3"]);
    expect(held.has("3")).toBe(false);
    expect(outcomes.at(-1)).toMatchObject({ done: "kept" });
  });

  test("cut off half-way loses nothing", async () => {
    waiting = letters(ANSWER, EVENT, FILES);
    failAt = 1;
    await expect(replay(store, replaying())).rejects.toThrow("Pub/Sub is down");
    expect(waiting.map(({ id }) => id)).toEqual(["2", "3"]);
    expect(await list(store, options())).toBe(2);
  });

  test("does nothing when it is dry", async () => {
    waiting = letters(ANSWER, EVENT);
    expect(await replay(store, { ...replaying(), dryRun: true })).toBe(2);
    expect([published.length, waiting.length, slept.length]).toEqual([0, 2, 0]);
  });
});

test("drop removes those that were named, and stops looking when it has met them", async () => {
  waiting = letters(...Array.from({ length: 120 }, () => ANSWER));
  expect(await drop(store, { ...options(["3"]), dryRun: false })).toBe(1);
  expect(waiting).toHaveLength(119);
  expect(held.has("100")).toBe(false);
});

test("all of a queue, over several pages", async () => {
  waiting = letters(...Array.from({ length: 130 }, (_, n) => (n % 2 ? ANSWER : EVENT)));
  expect(await drop(store, { ...options([], "replies"), dryRun: false })).toBe(65);
  expect(waiting).toHaveLength(65);
});
