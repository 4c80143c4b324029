import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Firestore } from "firebase-admin/firestore";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startFirestore, type TestFirestore } from "../conversations/testing/firestore.ts";
import type { RunSummary } from "./summary.ts";
import { type CountingProvider, startProvider } from "./testing/provider.ts";
import { countReads } from "./testing/reads.ts";
import { createStage, NEVER_QUIET, SILENCE_TEMPLATE, silentConversation } from "./testing/stage.ts";

/** 100,000 conversations of which 1,000 are due with CI_LONG set; a part of both without. */
const LONG = process.env.CI_LONG !== undefined;
const ALL = LONG ? 100_000 : 2_000;
const DUE = LONG ? 1_000 : 60;
const KILLS = 10;
const TIMEOUT = LONG ? 1_800_000 : 240_000;
const MEGABYTE = 1024 * 1024;
const WORKER = fileURLToPath(new URL("testing/worker.ts", import.meta.url));

let firestore: TestFirestore;
beforeAll(async () => {
  firestore = await startFirestore();
});
afterAll(async () => {
  await firestore.stop();
});

/** Most conversations are not due: too young, answered by the customer, or closed. */
async function seed(db: Firestore, all: number, due: number): Promise<void> {
  const now = Date.now();
  const writer = db.bulkWriter({ throttling: false });
  void writer.set(db.doc("templates/retomar"), SILENCE_TEMPLATE);
  for (let n = 0; n < all; n += 1) {
    const customer = String(5_511_900_000_000 + n);
    const others = [{}, { lastMessageSender: customer }, { status: "closed" }][n % 3] ?? {};
    const hours = n % 3 === 0 ? 1 + (n % 46) : 49;
    const conversation =
      n < due ? silentConversation(customer, now, 49 + n / due) : silentConversation(customer, now, hours, others);
    void writer.set(db.doc(`conversations/${conversation.id}`), conversation);
    if (n % 2_000 === 0) await writer.flush();
  }
  await writer.close();
}

/** Starts a run in another process; `moment` says when to end it, counted from the run's own beginning. */
async function runElsewhere(
  db: Firestore,
  provider: CountingProvider,
  moment?: () => Promise<unknown>,
): Promise<{ summary: RunSummary; maxRss: number } | undefined> {
  const { projectId } = db as unknown as { projectId: string };
  const child = spawn(process.execPath, [WORKER, projectId, provider.url], { stdio: ["ignore", "pipe", "inherit"] });
  const output: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  const ended = once(child, "close");
  if (moment) {
    await Promise.race([ended, once(child.stdout, "data").then(moment)]);
    child.kill("SIGKILL");
  }
  await ended;
  const [, result] = output.join("").split("\n");
  return result ? JSON.parse(result) : undefined;
}

async function untilNothingIsDue(db: Firestore, provider: CountingProvider): Promise<void> {
  for (let quiet = 0; quiet < 2; ) {
    const run = await runElsewhere(db, provider);
    quiet = run?.summary.triggers.followup_48h?.due === 0 ? quiet + 1 : 0;
    await delay(800);
  }
}

/** Exactly one arrival for each due conversation. */
function expectOnce(provider: CountingProvider): void {
  expect([...provider.arrivals.values()].filter((times) => times !== 1)).toEqual([]);
  expect(provider.arrivals.size).toBe(DUE);
}

describe(`${ALL} conversations of which ${DUE} are due`, () => {
  test("one run reads what is due and one page a trigger, whatever else there is", { timeout: TIMEOUT }, async () => {
    const stage = createStage(firestore.fresh());
    stage.now = Date.now();
    await seed(stage.db, ALL, DUE);
    const reads = countReads();
    const summary = await stage.run({ settings: NEVER_QUIET });
    reads.stop();
    expect(summary.triggers.followup_48h).toMatchObject({ due: DUE, sent: DUE });
    const triggers = Object.values(summary.triggers);
    const scanned = triggers.reduce((sum, trigger) => sum + trigger.scanned, 0);
    console.info(`${ALL} conversations: ${scanned} documents scanned, ${reads.looked} looked up for ${DUE} sends`);
    expect(scanned).toBeLessThanOrEqual(DUE + triggers.length * NEVER_QUIET.pageSize);

    const again = countReads();
    const second = await stage.run({ settings: NEVER_QUIET });
    again.stop();
    expect(second.triggers.followup_48h).toMatchObject({ due: 0, sent: 0 });
    console.info(`nothing due: ${again.queried} queried, ${again.looked} looked up`);
    expect(again.queried + again.looked).toBeLessThanOrEqual(triggers.length * NEVER_QUIET.pageSize);
  });

  test(`killed ${KILLS} times at random and started again: each one once`, { timeout: TIMEOUT }, async () => {
    const db = firestore.fresh();
    const provider = await startProvider(db);
    await seed(db, ALL, DUE);
    let killed = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      // In turn: anywhere in the run, and just as a message has left whose answer nobody will hear.
      const anywhere = () => delay(Math.random() * (LONG ? 8_000 : 1_500));
      const leaving = () => provider.more(1 + Math.floor(Math.random() * (DUE / KILLS)));
      const finished = await runElsewhere(db, provider, kill % 2 === 0 ? anywhere : leaving);
      if (!finished) killed += 1;
      console.info(`kill ${kill + 1}: ${provider.arrivals.size} of ${DUE} sent${finished ? " (had ended)" : ""}`);
    }
    await untilNothingIsDue(db, provider);
    await provider.close();
    expect(killed).toBeGreaterThan(0);
    expectOnce(provider);
  });

  test("two runs at the same time, in two processes: each one once", { timeout: TIMEOUT }, async () => {
    const db = firestore.fresh();
    const provider = await startProvider(db);
    await seed(db, ALL, DUE);
    const runs = await Promise.all([runElsewhere(db, provider), runElsewhere(db, provider)]);
    const sent = runs.map((run) => run?.summary.triggers.followup_48h?.sent ?? 0);
    console.info(`two runs sent ${sent.join(" and ")}`);
    await untilNothingIsDue(db, provider);
    await provider.close();
    expectOnce(provider);
  });

  test("memory is the same as with a hundredth of the conversations", { timeout: TIMEOUT }, async () => {
    const took = [];
    for (const all of [ALL / 100, ALL]) {
      const db = firestore.fresh();
      const provider = await startProvider(db);
      await seed(db, all, DUE / 2);
      took.push((await runElsewhere(db, provider))?.maxRss ?? 0);
      await provider.close();
    }
    const [few = 0, many = 0] = took;
    console.info(
      `peak memory: ${Math.round(few / MEGABYTE)} MB with ${ALL / 100}, ${Math.round(many / MEGABYTE)} MB with ${ALL}`,
    );
    expect(Math.abs(many - few)).toBeLessThan(40 * MEGABYTE);
  });
});
