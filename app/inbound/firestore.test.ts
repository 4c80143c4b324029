import type { Firestore } from "firebase-admin/firestore";
import { beforeEach, describe, expect, test } from "vitest";
import type { ChannelEvent } from "../channels/channel.ts";
import { createParsers } from "../channels/create.ts";
import { expecting, NOW, SHAPES, START } from "../channels/shapes/index.ts";
import { received } from "../channels/shapes/whatsapp-bodies.ts";
import { firestoreForTests } from "../conversations/testing/firestore.ts";
import { firestoreStore } from "./firestore.ts";
import { createInboundStore } from "./persist.ts";
import type { Data } from "./store.ts";
import { memoryStore } from "./testing/memory-store.ts";
import { stateOf } from "./testing/state.ts";

/** The same as in memory, but on Firestore itself: batches, transactions, transforms and queries are Google's. */

const wa = expecting("whatsapp");
const CONVERSATION = "whatsapp_5511900000001";
const FRESH = (START + 20) * 1000;

const emulator = firestoreForTests();
let db: Firestore;
beforeEach(() => {
  db = emulator.fresh();
});

/** Every call a process of its own: nothing is remembered between them. */
function persist(events: readonly ChannelEvent[], now = FRESH) {
  return createInboundStore(firestoreStore(db), { now: () => now }).persist(events, {});
}

async function documents(): Promise<Map<string, Data>> {
  const collections = ["messages", "conversations", "channels", "rejected_events", "templates"];
  const snapshots = await Promise.all(collections.map((name) => db.collection(name).get()));
  return new Map(snapshots.flatMap(({ docs }) => docs.map((doc) => [doc.ref.path, doc.data()] as const)));
}

async function conversation(id = CONVERSATION) {
  return (await db.collection("conversations").doc(id).get()).data();
}

test("five deliveries of one message at once are stored once", async () => {
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => persist([wa.said(1, { text: "Olá" })])));
  expect(outcomes.filter(({ results }) => results[0]?.fresh)).toHaveLength(1);
  expect(await conversation()).toMatchObject({ inboundCount: 1, unread: 1, awaitingReply: true, lastMessage: "Olá" });
  expect((await db.collection("messages").get()).size).toBe(1);
});

test("a batch with a message that is known keeps its neighbours", async () => {
  await persist([wa.said(2, { text: "dois" })]);
  const { results } = await persist([
    wa.said(1, { text: "um" }),
    wa.said(2, { text: "dois" }),
    wa.said(3, { text: "três" }),
  ]);
  expect(results.map(({ fresh }) => fresh)).toEqual([true, false, true]);
  expect(await conversation()).toMatchObject({ inboundCount: 3, unread: 3, lastMessage: "três" });
});

test("messages of one customer that come at once in several POSTs are all counted", async () => {
  await Promise.all(Array.from({ length: 10 }, (_, index) => persist([wa.said(index + 1)])));
  expect(await conversation()).toMatchObject({ inboundCount: 10, unread: 10 });
});

describe("a POST of 500 events", () => {
  const numbers = Array.from({ length: 500 }, (_, index) => index);
  const customer = (index: number) => String(15_550_000_000 + (index % 50));

  test("fresh messages of 50 customers", async () => {
    const events = numbers.map((index) =>
      wa.said((index % 40) + 1, { providerId: `wamid.${index}`, customer: customer(index), phone: customer(index) }),
    );
    const { results, awaiting } = await persist(events);
    expect(results.every(({ fresh }) => fresh)).toBe(true);
    expect(awaiting).toHaveLength(50);
    expect((await db.collection("messages").count().get()).data().count).toBe(500);
    expect(await conversation("whatsapp_15550000000")).toMatchObject({ inboundCount: 10 });
  });

  test("late messages and statuses of 50 customers, one by one in transactions", async () => {
    const events = numbers.map(
      (index): ChannelEvent =>
        index % 2 === 0
          ? wa.said(index, { customer: customer(index), phone: customer(index) })
          : wa.status(index, { providerId: `wamid.out${index}`, status: "delivered", customer: customer(index) }),
    );
    const { results } = await persist(events, NOW);
    expect(results.filter(({ fresh }) => fresh)).toHaveLength(250);
    expect((await db.collection("messages").count().get()).data().count).toBe(500);
    expect(await conversation("whatsapp_15550000000")).toMatchObject({ inboundCount: 10 });
  });
});

test("every shape of payload leads to the documents that the model in memory says", async () => {
  const events = SHAPES.flatMap((shape) => shape.events);
  const model = memoryStore();
  await createInboundStore(model, { now: () => NOW }).persist(events, {});
  const half = Math.ceil(events.length / 2);
  await persist(events.slice(half), NOW);
  await persist(events, NOW);
  expect(stateOf(await documents())).toEqual(stateOf(model.documents));
});

test("fresh messages lead to the same documents in one batch as one by one", async () => {
  const events = [
    wa.said(1, { text: "um" }),
    wa.said(2, { text: "dois", bsuid: "BR.A1" }),
    wa.said(3, { text: "sair" }),
  ];
  await persist(events);
  const batch = stateOf(await documents());
  db = emulator.fresh();
  for (const event of events) await persist([event], NOW);
  expect(stateOf(await documents())).toEqual(batch);
});

test("a document that is too large is put aside, its neighbours are stored", async () => {
  const { results } = await persist([wa.said(1), wa.said(2, { text: "x".repeat(1_100_000) }), wa.said(3)]);
  expect(results.map(({ fresh }) => fresh)).toEqual([true, false, true]);
  expect(await conversation()).toMatchObject({ inboundCount: 2 });
  const rejected = await db.collection("rejected_events").get();
  expect(rejected.docs.map((doc) => doc.get("reason") as string)).toEqual(["document_refused"]);
});

test("half an emoji, which JSON can write and UTF-8 cannot, does not stop a message", async () => {
  const body = Buffer.from(JSON.stringify(received(1, { type: "text", text: { body: "a\ud83d" } })));
  const events = createParsers().whatsapp(JSON.parse(body.toString()));
  const { results } = await persist([...events, wa.said(2, { text: "b" })]);
  expect(results.map(({ fresh }) => fresh)).toEqual([true, true]);
});

test("our own message is found by its words among those under way, and statuses by the provider's id", async () => {
  const fb = expecting("facebook");
  const own = {
    id: "out-1",
    conversationId: "facebook_4000000000000001",
    channel: "facebook",
    sender: "omni_ia",
    senderType: "bot",
    text: "Resposta",
    status: "sending",
    timestamp: new Date(FRESH),
  };
  await db.collection("messages").doc("out-1").set(own);
  await persist([fb.echoed(3, { text: "Resposta" })]);
  await persist([fb.status(4, { providerId: "m_3", status: "delivered" })]);
  await persist([fb.watermark(5, { status: "read", watermark: FRESH })]);
  expect((await db.collection("messages").doc("out-1").get()).data()).toMatchObject({
    status: "read",
    providerId: "m_3",
  });
  expect((await conversation("facebook_4000000000000001"))?.mode).toBeUndefined();
});

test("a customer who is known under another form of the number has one conversation", async () => {
  await persist([wa.said(1, { customer: "5511988887777", phone: "5511988887777" })]);
  await persist([wa.said(2, { customer: "551188887777", phone: "551188887777" })]);
  await persist([wa.said(3, { customer: "BR.Z9", phone: undefined, bsuid: "BR.Z9" })]);
  expect((await db.collection("conversations").get()).docs.map(({ id }) => id).sort()).toEqual([
    "whatsapp_5511988887777",
    "whatsapp_BR.Z9",
  ]);
  expect(await conversation("whatsapp_5511988887777")).toMatchObject({
    inboundCount: 2,
    contact: { phone: "551188887777" },
  });
});
