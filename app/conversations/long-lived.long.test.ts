import { type Firestore, Timestamp } from "firebase-admin/firestore";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ChannelEvent, MessageEvent } from "../channels/channel.ts";
import { createInboundStore, firestoreStore } from "../inbound/index.ts";
import { answerJob } from "./answer.ts";
import { conversationId, messageId } from "./ids.ts";
import { BOT_ID, COLLECTIONS, type Message } from "./model.ts";
import { startFirestore, type TestFirestore } from "./testing/firestore.ts";
import { type Bill, metered } from "./testing/meter.ts";
import { createWorld, START, type World } from "./testing/world.ts";

/** A long-lived customer costs no more per new message than a new one: nothing reads or rewrites what was said before. */

const MESSAGES = 10_000;
const NEW = "5511900000001";
const OLD = "5511900000002";
const ACCOUNT = "100000000000001";

let store: TestFirestore;
let world: World;
beforeAll(async () => {
  store = await startFirestore();
  world = createWorld(store.fresh());
  await past(world.db, OLD);
}, 600_000);
afterAll(() => store.stop());

/** Ten thousand messages, every other one an answer, all read and done with. */
async function past(db: Firestore, customer: string): Promise<void> {
  const writer = db.bulkWriter();
  for (let n = 0; n < MESSAGES; n += 1) {
    const byBot = n % 2 === 1;
    const id = messageId("whatsapp", ACCOUNT, `wamid.old.${n}`);
    const at = Timestamp.fromMillis(START - (MESSAGES - n) * 60_000);
    const message: Message = {
      id,
      conversationId: conversationId("whatsapp", customer),
      channel: "whatsapp",
      sender: byBot ? BOT_ID : customer,
      senderType: byBot ? "bot" : "cliente",
      text: `Mensagem ${n}`,
      timestamp: at,
      isAutomation: false,
      metadata: { phone_number_id: ACCOUNT },
      createdAt: at,
      providerId: `wamid.old.${n}`,
      status: byBot ? "read" : "received",
      kind: "text",
    };
    void writer.create(db.collection(COLLECTIONS.messages).doc(id), message);
  }
  await writer.close();
  await inbound([said(customer, 0, START - 3_600_000)]);
  const count = MESSAGES / 2 + 1;
  const conversation = db.collection(COLLECTIONS.conversations).doc(conversationId("whatsapp", customer));
  await conversation.update({ inboundCount: count, answeredCount: count, awaitingReply: false, userType: "cliente" });
}

function base(customer: string, at: number) {
  return { channel: "whatsapp" as const, account: ACCOUNT, at, customer };
}
function said(customer: string, n: number, at = world.now): MessageEvent {
  const providerId = `wamid.${customer}.${n}`;
  const told = { kind: "text" as const, text: `Mensagem nova ${n}`, attachments: [], phone: customer };
  return { ...base(customer, at), type: "message", direction: "in", providerId, ...told };
}
/** As a process that has just started: it remembers nobody. */
function inbound(events: readonly ChannelEvent[]) {
  return createInboundStore(firestoreStore(world.db), { now: () => world.now }).persist(events, {});
}

/** The way of one message: stored, answered, its delivery reported, then a reaction and an edit. */
async function way(customer: string, n: number): Promise<Record<string, Bill>> {
  const bills: Record<string, Bill> = {};
  bills.stored = await metered(() => inbound([said(customer, n)]));
  const request = { conversationId: conversationId("whatsapp", customer) };
  bills.answered = await metered(() => answerJob(world.deps, request, `job-${customer}-${n}`));
  const answer = { ...base(customer, world.now), providerId: `wamid.${world.provider.sent.length}` };
  const correlation = world.provider.sent.at(-1)?.messageId ?? "";
  bills.delivered = await metered(() => inbound([{ ...answer, type: "status", status: "delivered", correlation }]));
  bills.read = await metered(() => inbound([{ ...answer, type: "status", status: "read", correlation }]));
  const target = `wamid.${customer}.${n}`;
  const late = base(customer, world.now + 1_000);
  bills.reaction = await metered(() => inbound([{ ...late, type: "reaction", target, emoji: "👍" }]));
  bills.edit = await metered(() => inbound([{ ...late, type: "edit", target, text: "Outra", revision: 1 }]));
  return bills;
}

test("after ten thousand messages each step of a new one reads and writes no more than a new customer's", async () => {
  // The first message of a new customer also finds out who they are; the second is the one to compare with.
  await way(NEW, 1);
  world.now += 60_000;
  const [fresh, old] = [await way(NEW, 2), await way(OLD, 2)];
  for (const [step, bill] of Object.entries(old)) {
    expect(bill.writes, `${step}: writes`).toBeLessThanOrEqual(fresh[step]?.writes ?? 0);
    // The model sees the last twenty messages: that many more than of a conversation that has just begun, and never more.
    const history = step === "answered" ? 20 : 0;
    expect(bill.reads, `${step}: reads`).toBeLessThanOrEqual((fresh[step]?.reads ?? 0) + history);
  }
  // Where twenty messages have been exchanged, nothing differs at all.
  for (let n = 3; n < 14; n += 1) {
    world.now += 60_000;
    await way(NEW, n);
  }
  world.now += 60_000;
  expect(await way(OLD, 3)).toEqual(await way(NEW, 14));
}, 300_000);
