import fc from "fast-check";
import { expect, test } from "vitest";
import { firestoreForTests } from "./testing/firestore.ts";
import { memoryFirestore } from "./testing/memory-firestore.ts";
import { randomOrder, staggeredOrder } from "./testing/order.ts";
import { type Note, notingWrites, race, runJob, settle, takeovers } from "./testing/race.ts";
import { CONVERSATION, CUSTOMER, createWorld } from "./testing/world.ts";

/** Orders that are run in memory: all ten thousand of the bar with CI_LONG=1. */
const RUNS = process.env.CI_LONG ? 10_000 : 1_000;

const store = firestoreForTests();

test("many jobs for one conversation at once give one answer", async () => {
  const world = createWorld(store.fresh());
  await world.customerWrites(CUSTOMER, "Oi");
  const jobs = Array.from({ length: 12 }, (_, n) => runJob(world, world.deps, CONVERSATION, `job-${n}`));
  await Promise.all(jobs);
  await settle(world, CONVERSATION);
  expect(world.provider.sent).toHaveLength(1);
  expect((await world.read(CUSTOMER)).conversation).toMatchObject({ awaitingReply: false, lease: null });
});

test("one job delivered several times at once gives one answer", async () => {
  const world = createWorld(store.fresh());
  await world.customerWrites(CUSTOMER, "Oi");
  await Promise.all(Array.from({ length: 4 }, () => runJob(world, world.deps, CONVERSATION, "job-1")));
  expect(world.provider.sent).toHaveLength(1);
  expect((await world.read(CUSTOMER)).conversation).toMatchObject({ awaitingReply: false, lease: null });
});

test("jobs and messages side by side: every message is answered, none twice", async () => {
  const world = createWorld(store.fresh());
  const write = async (n: number) => {
    await world.customerWrites(CUSTOMER, `m${n}`);
    await runJob(world, world.deps, CONVERSATION, `job-${n}`);
  };
  await Promise.all(Array.from({ length: 6 }, (_, n) => write(n)));
  await settle(world, CONVERSATION);
  const { conversation, messages, rows } = await world.read(CUSTOMER);
  expect(conversation).toMatchObject({ awaitingReply: false, inboundCount: 6, answeredCount: 6, lease: null });
  const answers = messages.filter(({ senderType }) => senderType === "bot").map(({ id }) => id);
  expect(world.provider.sent.map(({ messageId }) => messageId).sort()).toEqual(answers.sort());
  expect(rows.every(({ status }) => status === "sent")).toBe(true);
  expect(world.asked.at(-1)?.history.filter(({ author }) => author === "customer")).toHaveLength(6);
});

test("twenty orders of two people and the bot on the emulator: no bot message after a takeover", {
  timeout: 120_000,
}, async () => {
  const db = store.fresh();
  let runs = 0;
  const property = fc.asyncProperty(fc.noShrink(fc.integer()), takeovers, (seed, how) => {
    runs += 1;
    return race(db, `55119${String(runs).padStart(8, "0")}`, staggeredOrder(seed), how);
  });
  await fc.assert(property, { numRuns: 20, endOnFailure: true });
});

test(`${RUNS} orders in memory: no bot message after a takeover, no two answers to one burst`, {
  timeout: 1_800_000,
}, async () => {
  const ends = new Map<number, number>();
  const property = fc.asyncProperty(fc.noShrink(fc.integer()), takeovers, async (seed, how) => {
    const order = randomOrder(seed);
    const notes: Note[] = [];
    const db = memoryFirestore({ network: order.network, onWrite: notingWrites(notes) });
    await race(db, CUSTOMER, order, how, notes);
    const allowed = notes.filter(({ what }) => what === "may send").length;
    ends.set(allowed, (ends.get(allowed) ?? 0) + 1);
  });
  await fc.assert(property, { numRuns: RUNS, endOnFailure: true });
  // The takeovers fall before, between and after the bot's answers: none, one and two of them were sent.
  expect([...ends.keys()].toSorted()).toEqual([0, 1, 2]);
  expect(Math.min(...ends.values())).toBeGreaterThan(RUNS / 100);
});
