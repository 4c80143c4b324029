import { Timestamp } from "firebase-admin/firestore";
import { beforeEach, expect, test } from "vitest";
import { answerJob } from "./answer.ts";
import { COLLECTIONS } from "./model.ts";
import { OVERDUE_MS, sweep } from "./sweep.ts";
import { firestoreForTests } from "./testing/firestore.ts";
import { CUSTOMER, createWorld, JOB, START, type World } from "./testing/world.ts";

const NOTHING = { waiting: 0, unsent: 0, files: 0, published: 0, truncated: false, overdue: [] };

const store = firestoreForTests();
let world: World;
beforeEach(async () => {
  world = createWorld(store.fresh());
  await world.customerWrites(CUSTOMER, "Oi");
});
const sweepAt = (after: number) => sweep(world.db, world.queues, START + after);

test("what has waited longer than a lease lives is queued", async () => {
  expect(await sweepAt(OVERDUE_MS)).toEqual(NOTHING);
  expect(await sweepAt(OVERDUE_MS + 1)).toEqual({ ...NOTHING, waiting: 1, published: 1 });
  expect(world.jobs).toEqual([JOB]);
});

test("a live lease is left alone, one that has run out is not", async () => {
  const lease = { token: "t", job: "j", expiresAt: Timestamp.fromMillis(START + 60_000) };
  await world.db.collection(COLLECTIONS.conversations).doc(JOB.conversationId).update({ lease });
  expect(await sweepAt(59_999)).toEqual(NOTHING);
  expect(await sweepAt(60_000)).toEqual({ ...NOTHING, waiting: 1, published: 1 });
});

test("a message that waits for its next try is queued when that is due, once with its conversation", async () => {
  world.provider.results.push({ ok: false, failure: "retry", code: 2, message: "busy", retryAfterMs: 120_000 });
  await answerJob(world.deps, JOB, "job-1");
  expect(await sweepAt(119_999)).toEqual(NOTHING);
  await world.customerWrites(CUSTOMER, "E aí?");
  expect(await sweepAt(120_000)).toEqual({ ...NOTHING, waiting: 1, unsent: 1, published: 1 });
});

test("what is finished is never queued", async () => {
  await answerJob(world.deps, JOB, "job-1");
  expect(await sweepAt(86_400_000)).toEqual(NOTHING);
});

test("who waits longer than two minutes is named, until there is an answer that left", async () => {
  expect((await sweepAt(120_000)).overdue).toEqual([]);
  const overdue = { conversationId: JOB.conversationId, channel: "whatsapp", waitedMs: 120_001 };
  expect((await sweepAt(120_001)).overdue).toEqual([overdue]);
  world.provider.results.push({ ok: false, failure: "retry", code: 2, message: "busy", retryAfterMs: 600_000 });
  await answerJob(world.deps, JOB, "job-1");
  expect((await sweepAt(120_001)).overdue).toEqual([overdue]);
});

test("a message that did not leave goes back to the queue with its trace", async () => {
  world.provider.results.push({ ok: false, failure: "retry", code: 2, message: "busy", retryAfterMs: 60_000 });
  const trace = "0af7651916cd43dd8448eb211c80319c";
  await answerJob(world.deps, { ...JOB, trace }, "job-1");
  await sweepAt(120_000);
  expect(world.jobs).toEqual([{ ...JOB, trace }]);
});
