import { Timestamp } from "firebase-admin/firestore";
import { describe, expect, test } from "vitest";
import { expecting, millis, START } from "../channels/shapes/index.ts";
import { nameBeginnings } from "../search/words.ts";
import { at, CONVERSATION, idOf, persistingForTests } from "./testing/persisting.ts";

const wa = expecting("whatsapp");
const fb = expecting("facebook");

const inbound = persistingForTests();
const { persist, message, conversation } = inbound;

describe("a customer's message", () => {
  test("is stored with its conversation in one batch, without a transaction", async () => {
    const event = wa.said(1, { text: "Olá" });
    expect(await persist(event)).toEqual({
      results: [{ fresh: true, awaiting: true, conversationId: CONVERSATION }],
      awaiting: [CONVERSATION],
      withFiles: [],
    });
    expect(message(event)).toEqual({
      id: idOf(event),
      conversationId: CONVERSATION,
      channel: "whatsapp",
      sender: "5511900000001",
      senderType: "cliente",
      text: "Olá",
      timestamp: at(1),
      isAutomation: false,
      metadata: { phone_number_id: "100000000000002" },
      createdAt: Timestamp.fromMillis(inbound.now),
      providerId: "wamid.1",
      status: "received",
      kind: "text",
      words: ["ola"],
      trace: "t1",
    });
    expect(conversation()).toEqual({
      id: CONVERSATION,
      channel: "whatsapp",
      participants: ["5511900000001", "omni_ia"],
      lastMessage: "Olá",
      lastMessageAt: at(1),
      lastMessageSender: "5511900000001",
      status: "active",
      updatedAt: Timestamp.fromMillis(inbound.now),
      unread: 1,
      contact: {
        name: "Cliente de exemplo",
        words: nameBeginnings("Cliente de exemplo"),
        phone: "5511900000001",
        seenAt: { name: at(1), phone: at(1) },
      },
      lastInboundAt: at(1),
      windowExpiresAt: Timestamp.fromMillis(millis(1) + 86_400_000),
      account: "100000000000002",
      inboundCount: 1,
      awaitingReply: true,
    });
    expect(inbound.port.calls).toMatchObject({ commit: 1, transaction: 0 });
  });

  test("leaves alone what others keep in the conversation", async () => {
    await persist(wa.said(1));
    const others = {
      mode: "human",
      assignedTo: "a1",
      userType: "prestador",
      participants: ["5511900000001", "omni_ia", "user-1"],
    };
    await inbound.port.commit([{ op: "merge", collection: "conversations", id: CONVERSATION, data: others }]);
    await persist(wa.said(2));
    expect(conversation()).toMatchObject({ ...others, inboundCount: 2, unread: 2 });
  });

  test("of Messenger names the account that it came to", async () => {
    await persist(fb.said(1, { text: "oi" }));
    expect(message(fb.said(1))).toMatchObject({ metadata: { recipient_id: "200000000000002" } });
  });

  test("reopens a closed conversation", async () => {
    await persist(wa.said(1));
    await inbound.port.commit([
      { op: "merge", collection: "conversations", id: CONVERSATION, data: { status: "closed" } },
    ]);
    await persist(wa.said(2));
    expect(conversation()).toMatchObject({ status: "active" });
  });
});

describe("a batch", () => {
  test("keeps the order of its messages, of which WhatsApp tells only the second", async () => {
    const events = ["a", "b", "c"].map((text, n) => wa.said(1, { text, providerId: `wamid.${n}` }));
    await persist(...events);
    const arrivals = events.map((event) => message(event)?.createdAt as Timestamp);
    expect(arrivals.map((time) => time.nanoseconds - (arrivals[0]?.nanoseconds ?? 0))).toEqual([0, 1_000, 2_000]);
  });

  test("of several customers is one commit", async () => {
    const events = [1, 2, 3].map((n) => wa.said(n, { customer: `551190000000${n}`, phone: `551190000000${n}` }));
    expect((await persist(...events)).awaiting).toHaveLength(3);
    expect(inbound.port.calls).toMatchObject({ commit: 1, transaction: 0 });
  });

  test("with a message that is known keeps the others", async () => {
    await persist(wa.said(1, { text: "um" }));
    const { results } = await persist(
      wa.said(1, { text: "um" }),
      wa.said(2, { text: "dois" }),
      wa.said(3, { text: "três" }),
    );
    expect(results.map(({ fresh }) => fresh)).toEqual([false, true, true]);
    expect(conversation()).toMatchObject({ inboundCount: 3, unread: 3, lastMessage: "três" });
  });

  test("that holds a message twice stores it once", async () => {
    const { results, awaiting } = await persist(wa.said(1), wa.said(1));
    expect(results.map(({ fresh }) => fresh)).toEqual([true, false]);
    expect(awaiting).toEqual([CONVERSATION]);
    expect(conversation()).toMatchObject({ inboundCount: 1 });
  });

  test("with a document that the store refuses keeps the others, and the refused one aside", async () => {
    inbound.port.refuses = (write) => write.data.text === "veneno";
    const { results } = await persist(
      wa.said(1, { text: "um" }),
      wa.said(2, { text: "veneno" }),
      wa.said(3, { text: "três" }),
    );
    expect(results.map(({ fresh }) => fresh)).toEqual([true, false, true]);
    expect(conversation()).toMatchObject({ inboundCount: 2 });
    const kept = [...inbound.port.documents].filter(([key]) => key.startsWith("rejected_events/"));
    expect(kept).toMatchObject([
      [expect.any(String), { reason: "document_refused", raw: expect.stringContaining("veneno") }],
    ]);
  });

  test("of 1,000 messages of one customer counts all of them", async () => {
    inbound.now = (START + 500) * 1000;
    const events = Array.from({ length: 1_000 }, (_, index) => wa.said(index + 1));
    expect((await persist(...events)).results.every(({ fresh }) => fresh)).toBe(true);
    expect(conversation()).toMatchObject({ inboundCount: 1_000, unread: 1_000 });
  });

  test("that the store fails on is not acknowledged, and can be stored later", async () => {
    inbound.port.failure = new Error("unavailable");
    await expect(persist(wa.said(1))).rejects.toThrow("unavailable");
    inbound.port.failure = undefined;
    expect((await persist(wa.said(1))).results).toMatchObject([{ fresh: true }]);
  });
});

describe("what comes late", () => {
  test("does not pull the last message and the window back", async () => {
    inbound.now = (START + 3_600) * 1000;
    await persist(wa.said(3_590, { text: "novo" }));
    await persist(wa.said(10, { text: "antigo", customerName: "Nome antigo" }));
    expect(conversation()).toMatchObject({
      lastMessage: "novo",
      lastMessageAt: at(3_590),
      lastInboundAt: at(3_590),
      windowExpiresAt: Timestamp.fromMillis(millis(3_590) + 86_400_000),
      inboundCount: 2,
      contact: { name: "Cliente de exemplo" },
    });
  });
});

describe("a person's answer in Meta's app", () => {
  test("takes the conversation over and settles what waits", async () => {
    await persist(wa.said(1, { text: "Alguém aí?" }));
    const echo = wa.echoed(2, { text: "Eu!" });
    expect(await persist(echo)).toMatchObject({ awaiting: [] });
    expect(conversation()).toMatchObject({
      mode: "human",
      awaitingReply: false,
      answeredCount: 1,
      unread: 0,
      lastMessage: "Eu!",
    });
    expect(message(echo)).toMatchObject({ senderType: "admin", sender: "100000000000002", status: "sent" });
  });

  test("ends what automations left to a person", async () => {
    await persist(wa.said(1, { text: "Alguém aí?" }));
    await inbound.port.commit([
      { op: "set", collection: "tasks", id: "t1", data: { id: "t1", status: "open", conversationId: CONVERSATION } },
      {
        op: "merge",
        collection: "conversations",
        id: CONVERSATION,
        data: { openTasks: ["t1"], followUp: { text: "…" } },
      },
    ]);
    await persist(wa.echoed(2, { text: "Eu!" }));
    expect(conversation()).toMatchObject({ openTasks: [], followUp: null });
    expect(inbound.port.documents.get("tasks/t1")).toMatchObject({ status: "done", doneBy: "100000000000002" });
  });

  test("a day old takes nothing over", async () => {
    inbound.now = (START + 90_000) * 1000;
    await persist(wa.echoed(1, { text: "ontem" }));
    expect(conversation()).not.toHaveProperty("mode");
  });

  test("of another application, in standby, takes nothing over", async () => {
    await persist(fb.echoed(1, { standby: true }));
    expect(conversation("facebook_4000000000000001")).not.toHaveProperty("mode");
  });
});
