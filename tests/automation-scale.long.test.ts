import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "../app/automation/index.ts";
import { startFirestore, type TestFirestore } from "../app/conversations/testing/firestore.ts";
import { type SimulatedMeta, startMeta } from "./support/automation/meta.ts";
import { runElsewhere, seedConversations, untilNothingIsOpen } from "./support/automation/scene.ts";
import type { WorkerReport } from "./support/automation/worker.ts";

/** 100,000 conversations of which 1,000 are due with CI_LONG set; a part of both without. */
const LONG = process.env.CI_LONG !== undefined;
const ALL = LONG ? 100_000 : 2_000;
const DUE = LONG ? 1_000 : 60;
const KILLS = 10;
const TIMEOUT = LONG ? 1_800_000 : 300_000;
const MEGABYTE = 1024 * 1024;
/** One page a trigger, and its second look, which takes half of one. */
const { pageSize: PAGE } = DEFAULT_SETTINGS;

let firestore: TestFirestore;
beforeAll(async () => {
  firestore = await startFirestore();
});
afterAll(async () => {
  await firestore.stop();
});

/** A database with its own Meta, filled. */
async function stage(all: number, due: number) {
  const db = firestore.fresh();
  await seedConversations(db, all, due);
  return { db, meta: await startMeta(db) };
}

/** Exactly one message for each due conversation, counted where they arrived. */
async function expectOnce(meta: SimulatedMeta): Promise<void> {
  const sent = await meta.sent();
  expect(new Set(sent.map(({ to }) => to)).size).toBe(DUE);
  expect(sent).toHaveLength(DUE);
}

/** By queries and one by one, as they are billed. */
function documentsRead(report: WorkerReport | undefined): number {
  return report ? report.reads.queried + report.reads.looked : Number.NaN;
}

describe(`${ALL} conversations of which ${DUE} are due`, () => {
  test("one run reads what is due and one page a trigger, whatever else there is", { timeout: TIMEOUT }, async () => {
    const { db, meta } = await stage(ALL, DUE);
    const first = await runElsewhere(db, meta);
    const triggers = Object.values(first?.summary.triggers ?? {});
    expect(first?.summary.triggers.followup_48h).toMatchObject({ due: DUE, sent: DUE });
    const all = documentsRead(first);
    console.info(`${ALL} conversations: ${all} documents read for ${DUE} sends`);
    expect(all).toBeLessThanOrEqual(DUE + triggers.length * PAGE);

    const second = await runElsewhere(db, meta);
    expect(second?.summary.triggers.followup_48h).toMatchObject({ due: 0, sent: 0 });
    const read = documentsRead(second);
    console.info(`nothing due: ${read} documents read`);
    expect(read).toBeLessThanOrEqual(triggers.length * PAGE);
    await meta.close();
  });

  test(`killed ${KILLS} times at random and started again: each one once`, { timeout: TIMEOUT }, async () => {
    const { db, meta } = await stage(ALL, DUE);
    let killed = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const already = (await meta.sent()).length;
      // In turn: anywhere in the run, and just as a message has left whose answer nobody will hear.
      const anywhere = () => delay(Math.random() * (LONG ? 8_000 : 1_500));
      const leaving = () => meta.until(already + 1 + Math.floor(Math.random() * ((2 * DUE) / KILLS)));
      const finished = await runElsewhere(db, meta, kill % 2 === 0 ? anywhere : leaving);
      if (!finished) killed += 1;
      const now = (await meta.sent()).length;
      console.info(`kill ${kill + 1}: ${now} of ${DUE} sent${finished ? " (had ended)" : ""}`);
    }
    await untilNothingIsOpen(db, meta);
    expect(killed).toBeGreaterThanOrEqual(KILLS / 2);
    await expectOnce(meta);
    await meta.close();
  });

  test("two runs at the same time, in two processes: each one once", { timeout: TIMEOUT }, async () => {
    const { db, meta } = await stage(ALL, DUE);
    const runs = await Promise.all([runElsewhere(db, meta), runElsewhere(db, meta)]);
    const sent = runs.map((run) => run?.summary.triggers.followup_48h?.sent ?? 0);
    console.info(`two runs sent ${sent.join(" and ")}`);
    await untilNothingIsOpen(db, meta);
    await expectOnce(meta);
    await meta.close();
  });

  test("memory is the same as with a hundredth of the conversations", { timeout: TIMEOUT }, async () => {
    const took: number[] = [];
    for (const all of [ALL / 100, ALL]) {
      const { db, meta } = await stage(all, DUE / 2);
      took.push((await runElsewhere(db, meta))?.maxRss ?? Number.NaN);
      await meta.close();
    }
    const [few = Number.NaN, many = Number.NaN] = took;
    const megabytes = took.map((bytes) => Math.round(bytes / MEGABYTE));
    console.info(`peak memory: ${megabytes[0]} MB with ${ALL / 100}, ${megabytes[1]} MB with ${ALL}`);
    expect(many - few).toBeLessThan(40 * MEGABYTE);
  });
});
