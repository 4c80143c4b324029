import { afterEach, beforeEach, expect, test } from "vitest";
import { firestoreForTests } from "../conversations/testing/firestore.ts";
import { countReads } from "./testing/reads.ts";
import { NOON, USER } from "./testing/situations.ts";
import { at, createStage, putConversation, SILENCE_TEMPLATE, type Stage, silentConversation } from "./testing/stage.ts";
import { HOUR_MS } from "./trigger.ts";

/** What each send reads besides the document that was due: Firestore bills by the document. */

const firestore = firestoreForTests();
const CUSTOMERS = Array.from({ length: 10 }, (_, n) => `55119${10_000_000 + n}`);
let stage: Stage;
let reads: ReturnType<typeof countReads> | undefined;

beforeEach(() => {
  stage = createStage(firestore.fresh());
});
afterEach(() => {
  reads?.stop();
});

/** Documents that a run with something due reads more than the next one, which has nothing to do. */
async function readsForSends(trigger: string, sent: number): Promise<number> {
  const count = async () => {
    reads = countReads();
    const summary = await stage.runOne(trigger);
    reads.stop();
    return { sent: summary.sent, read: reads.queried + reads.looked };
  };
  const busy = await count();
  expect(busy.sent).toBe(sent);
  const idle = await count();
  expect(idle.sent).toBe(0);
  return busy.read - idle.read;
}

test("customers who are nobody's users: themselves, and a fifth of a look for their numbers", async () => {
  await stage.put("templates/retomar", SILENCE_TEMPLATE);
  await Promise.all(CUSTOMERS.map((customer) => putConversation(stage, silentConversation(customer, NOON, 49))));
  expect(await readsForSends("followup_48h", CUSTOMERS.length)).toBe(12);
});

test("customers with an account: themselves, the account, its pause, and its conversations", async () => {
  await stage.put("templates/retomar", SILENCE_TEMPLATE);
  for (const customer of CUSTOMERS) {
    const user = `${customer}@example.com`;
    await stage.put(`users/${user}`, {});
    const linked = { contact: { phone: customer, userId: user }, participants: [customer, user, "omni_ia"] };
    await putConversation(stage, silentConversation(customer, NOON, 49, linked));
  }
  expect(await readsForSends("followup_48h", CUSTOMERS.length)).toBe(4 * CUSTOMERS.length);
});

test("a payment: itself, the account, its pause, and one look for conversations", async () => {
  await stage.put(`users/${USER}`, {});
  await stage.put("escrows/e1", { status: "pending", clientId: USER, amount: 10, createdAt: at(NOON - 13 * HOUR_MS) });
  expect(await readsForSends("followup_pagamento", 1)).toBe(4);
});
