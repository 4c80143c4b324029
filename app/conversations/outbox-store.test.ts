import { beforeEach, expect, test } from "vitest";
import { answerJob } from "./answer.ts";
import { bring, deliver } from "./deliver.ts";
import type { OutboxRow } from "./model.ts";
import { UNANSWERED_PROOF_MS } from "./outbox.ts";
import type { ReplyDeps } from "./ports.ts";
import { Recent } from "./recent.ts";
import { firestoreForTests } from "./testing/firestore.ts";
import { metered } from "./testing/meter.ts";
import { CUSTOMER, createWorld, raiseTo, type World } from "./testing/world.ts";

const store = firestoreForTests();
let world: World;

beforeEach(() => {
  world = createWorld(store.fresh());
  world.provider.proves = false;
});

/** An answer that was committed and is about to leave, and what its worker knows of it. */
async function committed(): Promise<{ readonly row: OutboxRow; readonly recent: Recent }> {
  await world.customerWrites(CUSTOMER, "Oi");
  let known: { row: OutboxRow; recent: Recent } | undefined;
  const commit: ReplyDeps["store"]["commit"] = async (answer, recent = new Recent()) => {
    const result = await world.deps.store.commit(answer, recent);
    if (result.state === "committed") known = { row: result.row, recent };
    throw new Error("died");
  };
  const deps = { ...world.deps, store: { ...world.deps.store, commit } };
  await expect(answerJob(deps, { conversationId: `whatsapp_${CUSTOMER}` }, "job-1")).rejects.toThrow("died");
  if (!known) throw new Error("Nothing was committed.");
  return known;
}

async function stored() {
  const { messages, rows, logs } = await world.read(CUSTOMER);
  return { message: messages[1], row: rows[0], logs };
}

test("an answer is written as sending, then sent and recorded without reading anything", async () => {
  const { row, recent } = await committed();
  expect(await stored()).toMatchObject({ message: { status: "sending" }, row: { status: "sending", attempts: 1 } });
  expect(await metered(() => bring(world.deps, row, recent))).toEqual({ reads: 0, writes: 3 });
  expect(await stored()).toMatchObject({
    message: { status: "sent", providerId: "wamid.1" },
    row: { status: "sent", attempts: 1, providerId: "wamid.1" },
    logs: [{ type: "message_processed", success: true }],
  });
});

test("a status that was faster than the record stays", async () => {
  const { row, recent } = await committed();
  await raiseTo(world.db, row.id, "delivered", "wamid.1");
  expect(await bring(world.deps, row, recent)).toEqual({ state: "sent" });
  expect(await stored()).toMatchObject({ message: { status: "delivered" }, row: { status: "sent" } });
});

test("a send that begins anew reads row, message and conversation, and records without reading", async () => {
  const { row, recent } = await committed();
  world.provider.results.push(
    { ok: false, failure: "retry", code: 1, message: "" },
    { ok: false, failure: "unknown", code: 0, message: "" },
  );
  await bring(world.deps, row, recent);
  world.now += 10_000;
  expect((await metered(() => deliver(world.deps, row.id))).reads).toBe(3);
  // The message is `sending` already, and the next send changes nothing of it.
  world.now += UNANSWERED_PROOF_MS;
  expect((await metered(() => deliver(world.deps, row.id))).reads).toBe(3);
  expect(await stored()).toMatchObject({
    message: { status: "sent" },
    row: { status: "sent", attempts: 3, unsure: 1 },
  });
});
