import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startFirestore, type TestFirestore } from "./testing/firestore.ts";
import { race, runJob, settle, takeovers } from "./testing/race.ts";
import { createWorld } from "./testing/world.ts";

const CUSTOMER = "5511900000001";
const CONVERSATION = `whatsapp_${CUSTOMER}`;

/** Interleavings; CI_LONG=1 asks for all of them, some minutes long. */
const RUNS = process.env.CI_LONG ? 10_000 : 20;
/** Runs side by side, each on conversations of its own: a run mostly waits for the store. */
const LANES = process.env.CI_LONG ? 8 : 2;
/** Conversations in one database before the next one is taken: the emulator looks through all that there are. */
const PER_DATABASE = 200;

let store: TestFirestore;
beforeAll(async () => {
  store = await startFirestore();
});
afterAll(() => store.stop());

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

test(`${RUNS} orders of two people and the bot: no bot message after a takeover, no two answers to one burst`, {
  timeout: 3_600_000,
}, async () => {
  let runs = 0;
  const lane = async (n: number) => {
    let db = store.fresh();
    let inThis = 0;
    const property = fc.asyncProperty(fc.scheduler(), takeovers, (scheduler, how) => {
      runs += 1;
      inThis += 1;
      if (inThis % PER_DATABASE === 0) db = store.fresh();
      if (process.env.CI_LONG && runs % 500 === 0) console.log(`${runs} of ${RUNS} orders`);
      return race(db, `55119${String(n * RUNS + runs).padStart(8, "0")}`, scheduler, how);
    });
    await fc.assert(property, { numRuns: RUNS / LANES, endOnFailure: true });
  };
  await Promise.all(Array.from({ length: LANES }, (_, n) => lane(n)));
  expect(runs).toBe(RUNS);
});
