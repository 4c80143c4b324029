import { Timestamp } from "firebase-admin/firestore";
import { beforeEach, describe, expect, test } from "vitest";
import type { ChannelEvent, MessageEvent } from "../channels/channel.ts";
import { expecting, millis, START } from "../channels/shapes/index.ts";
import { conversationId, messageId } from "../conversations/ids.ts";
import { createInboundStore } from "./persist.ts";
import { type MemoryStore, memoryStore } from "./testing/memory-store.ts";

const wa = expecting("whatsapp");
const fb = expecting("facebook");
const CONVERSATION = "whatsapp_5511900000001";

let port: MemoryStore;
let now = 0;
beforeEach(() => {
  port = memoryStore();
  now = (START + 20) * 1000;
});

function persist(...events: ChannelEvent[]) {
  return createInboundStore(port, { now: () => now }).persist(events, { trace: "t1" });
}
const idOf = (event: MessageEvent) => messageId(event.channel, event.account, event.providerId);
const message = (event: MessageEvent) => port.documents.get(`messages/${idOf(event)}`);
const conversation = (id = CONVERSATION) => port.documents.get(`conversations/${id}`);
const at = (n: number) => Timestamp.fromMillis(millis(n));

describe("a customer's message", () => {
  test("is stored with its conversation in one batch, without a transaction", async () => {
    const event = wa.said(1, { text: "Olá" });
    expect(await persist(event)).toEqual({
      results: [{ fresh: true, awaiting: true, conversationId: CONVERSATION }],
      awaiting: [CONVERSATION],
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
      createdAt: Timestamp.fromMillis(now),
      providerId: "wamid.1",
      status: "received",
      kind: "text",
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
      updatedAt: Timestamp.fromMillis(now),
      unread: 1,
      contact: { name: "Cliente de exemplo", phone: "5511900000001", seenAt: at(1) },
      lastInboundAt: at(1),
      windowExpiresAt: Timestamp.fromMillis(millis(1) + 86_400_000),
      account: "100000000000002",
      inboundCount: 1,
      awaitingReply: true,
    });
    expect(port.calls).toMatchObject({ commit: 1, transaction: 0 });
  });

  test("leaves alone what others keep in the conversation", async () => {
    await persist(wa.said(1));
    const others = {
      mode: "human",
      assignedTo: "a1",
      userType: "prestador",
      participants: ["5511900000001", "omni_ia", "user-1"],
    };
    await port.commit([{ op: "merge", collection: "conversations", id: CONVERSATION, data: others }]);
    await persist(wa.said(2));
    expect(conversation()).toMatchObject({ ...others, inboundCount: 2, unread: 2 });
  });

  test("of Messenger names the account that it came to", async () => {
    await persist(fb.said(1, { text: "oi" }));
    expect(message(fb.said(1))).toMatchObject({ metadata: { recipient_id: "200000000000002" } });
  });

  test("reopens a closed conversation", async () => {
    await persist(wa.said(1));
    await port.commit([{ op: "merge", collection: "conversations", id: CONVERSATION, data: { status: "closed" } }]);
    await persist(wa.said(2));
    expect(conversation()).toMatchObject({ status: "active" });
  });
});

describe("a batch", () => {
  test("of several customers is one commit", async () => {
    const events = [1, 2, 3].map((n) => wa.said(n, { customer: `551190000000${n}`, phone: `551190000000${n}` }));
    expect((await persist(...events)).awaiting).toHaveLength(3);
    expect(port.calls).toMatchObject({ commit: 1, transaction: 0 });
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
    port.refuses = (write) => write.data.text === "veneno";
    const { results } = await persist(
      wa.said(1, { text: "um" }),
      wa.said(2, { text: "veneno" }),
      wa.said(3, { text: "três" }),
    );
    expect(results.map(({ fresh }) => fresh)).toEqual([true, false, true]);
    expect(conversation()).toMatchObject({ inboundCount: 2 });
    const kept = [...port.documents].filter(([key]) => key.startsWith("rejected_events/"));
    expect(kept).toMatchObject([
      [expect.any(String), { reason: "document_refused", raw: expect.stringContaining("veneno") }],
    ]);
  });

  test("of 1,000 messages of one customer counts all of them", async () => {
    now = (START + 500) * 1000;
    const events = Array.from({ length: 1_000 }, (_, index) => wa.said(index + 1));
    expect((await persist(...events)).results.every(({ fresh }) => fresh)).toBe(true);
    expect(conversation()).toMatchObject({ inboundCount: 1_000, unread: 1_000 });
  });

  test("that the store fails on is not acknowledged, and can be stored later", async () => {
    port.failure = new Error("unavailable");
    await expect(persist(wa.said(1))).rejects.toThrow("unavailable");
    port.failure = undefined;
    expect((await persist(wa.said(1))).results).toMatchObject([{ fresh: true }]);
  });
});

describe("what comes late", () => {
  test("does not pull the last message and the window back", async () => {
    now = (START + 3_600) * 1000;
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

  test("a day old takes nothing over", async () => {
    now = (START + 90_000) * 1000;
    await persist(wa.echoed(1, { text: "ontem" }));
    expect(conversation()).not.toHaveProperty("mode");
  });

  test("of another application, in standby, takes nothing over", async () => {
    await persist(fb.echoed(1, { standby: true }));
    expect(conversation("facebook_4000000000000001")).not.toHaveProperty("mode");
  });
});

describe("our own message coming back", () => {
  const own = (data: object) =>
    port.commit([
      {
        op: "create",
        collection: "messages",
        id: "out-1",
        data: {
          id: "out-1",
          conversationId: "facebook_4000000000000001",
          channel: "facebook",
          sender: "omni_ia",
          senderType: "bot",
          text: "Resposta",
          timestamp: at(1),
          createdAt: at(1),
          isAutomation: false,
          metadata: {},
          ...data,
        },
      },
    ]);
  const echo = fb.echoed(2, { text: "Resposta", correlation: "out-1" });
  const stored = () => port.documents.get("messages/out-1");
  const noPerson = () => {
    expect(conversation("facebook_4000000000000001")?.mode).toBeUndefined();
    expect(message(echo)).toBeUndefined();
  };

  test("is known by what we put on it", async () => {
    await own({ status: "sending" });
    expect(await persist(echo)).toMatchObject({ results: [{ fresh: false }], awaiting: [] });
    expect(stored()).toMatchObject({ status: "sent", providerId: "m_2" });
    noPerson();
  });

  test("is known by the provider's id", async () => {
    await own({ status: "sent", providerId: "m_2" });
    await persist({ ...echo, correlation: "somebody-else's" });
    expect(stored()).toMatchObject({ status: "sent" });
    noPerson();
  });

  test("is known by its words, when it overtakes the answer to the send", async () => {
    await own({ status: "sending" });
    await persist(fb.echoed(2, { text: "Resposta" }));
    expect(stored()).toMatchObject({ status: "sent", providerId: "m_2" });
    noPerson();
  });

  test("does not pull its status back", async () => {
    await own({ status: "read", providerId: "m_2" });
    await persist(echo);
    expect(stored()).toMatchObject({ status: "read" });
  });

  test("takes over what was known of it before it had a name", async () => {
    await persist(fb.status(3, { providerId: "m_2", status: "delivered" }));
    await own({ status: "sending" });
    await persist(echo);
    expect(stored()).toMatchObject({ status: "delivered", providerId: "m_2" });
    noPerson();
  });
});

describe("statuses", () => {
  const own = () =>
    port.commit([
      {
        op: "create",
        collection: "messages",
        id: "out-1",
        data: {
          id: "out-1",
          conversationId: CONVERSATION,
          channel: "whatsapp",
          sender: "omni_ia",
          text: "x",
          timestamp: at(1),
          status: "sending",
        },
      },
    ]);

  test("find our message by what we put on it, and give it the provider's id", async () => {
    await own();
    await persist(wa.status(2, { providerId: "wamid.o", status: "delivered", correlation: "out-1" }));
    await persist(wa.status(3, { providerId: "wamid.o", status: "sent", correlation: "out-1" }));
    expect(port.documents.get("messages/out-1")).toMatchObject({ status: "delivered", providerId: "wamid.o" });
  });

  test("a failure carries its reason, a delivery takes it away again", async () => {
    await own();
    await persist(
      wa.status(2, {
        providerId: "wamid.o",
        status: "failed",
        correlation: "out-1",
        error: { code: 131026, title: "Undeliverable" },
      }),
    );
    expect(port.documents.get("messages/out-1")).toMatchObject({
      status: "failed",
      error: { code: 131026, message: "Undeliverable" },
    });
    await persist(wa.status(3, { providerId: "wamid.o", status: "read" }));
    expect(port.documents.get("messages/out-1")).toMatchObject({ status: "read" });
    expect(port.documents.get("messages/out-1")).not.toHaveProperty("error");
  });

  test("up to a time reach what was sent before it, in that conversation", async () => {
    const inOf = (id: string, n: number, conversationId: string) => ({
      op: "create" as const,
      collection: "messages",
      id,
      data: { id, conversationId, channel: "facebook", sender: "omni_ia", text: id, timestamp: at(n), status: "sent" },
    });
    const here = "facebook_4000000000000001";
    await port.commit([inOf("a", 1, here), inOf("b", 3, here), inOf("c", 1, "facebook_9")]);
    await persist(fb.watermark(4, { status: "read", watermark: millis(2) }));
    expect(["a", "b", "c"].map((id) => port.documents.get(`messages/${id}`)?.status)).toEqual(["read", "sent", "sent"]);
  });
});

describe("news of the customer", () => {
  test("a reaction stands on the message, and is noted as a sign of life", async () => {
    await persist(wa.said(1, { text: "oi" }));
    await persist(wa.reaction(5, { target: "wamid.1", emoji: "👍" }));
    expect(message(wa.said(1))).toMatchObject({ reactions: { "5511900000001": "👍" } });
    expect(conversation()).toMatchObject({ lastReactionAt: at(5), inboundCount: 1 });
  });

  test("an edit and a deletion also change what the list shows", async () => {
    await persist(wa.said(1, { text: "errado" }));
    await persist(wa.edit(2, { target: "wamid.1", text: "certo", revision: 1 }));
    expect(conversation()).toMatchObject({ lastMessage: "certo" });
    await persist(wa.deletion(3, { target: "wamid.1" }));
    expect(message(wa.said(1))).toMatchObject({ text: "", deletedAt: at(3) });
    expect(conversation()).toMatchObject({ lastMessage: "[mensagem apagada]" });
  });

  test("a message that was deleted before it came is born deleted, in no conversation until then", async () => {
    await persist(wa.deletion(2, { target: "wamid.1" }));
    expect(message(wa.said(1))).toMatchObject({ stub: true, providerId: "wamid.1" });
    expect(message(wa.said(1))).not.toHaveProperty("conversationId");
    await persist(wa.said(1, { kind: "image", text: "segredo", attachments: [{ type: "image", mediaId: "9" }] }));
    expect(message(wa.said(1))).toMatchObject({ text: "", deletedAt: at(2), conversationId: CONVERSATION });
    expect(message(wa.said(1))).not.toHaveProperty("attachments");
    expect(message(wa.said(1))).not.toHaveProperty("expireAt");
    expect(JSON.stringify([...port.documents])).not.toContain("segredo");
  });

  test("the customer's will about marketing is kept with the contact", async () => {
    await persist(wa.preference(2, { optOut: true }));
    expect(conversation()).toMatchObject({ contact: { optOut: true, optOutAt: at(2) } });
    await persist(wa.preference(1, { optOut: false }));
    expect(conversation()).toMatchObject({ contact: { optOut: true } });
  });
});

describe("what asks for no answer", () => {
  test.each([
    ["standby", fb.said(1, { standby: true })],
    ["a referral", fb.said(1, { kind: "referral" })],
    ["a system note", fb.said(1, { kind: "system" })],
  ])("%s", async (_, event) => {
    expect((await persist(event)).awaiting).toEqual([]);
    expect(conversation(conversationId("facebook", event.customer))?.awaitingReply).toBeUndefined();
  });
});

test("the account's news stand in the channel's document, the newest of each kind, whole", async () => {
  await persist(
    wa.account(millis(1), "phone_number_quality_update", { display_phone_number: "1", event: "FLAGGED", old: "x" }),
  );
  await persist(
    wa.account(millis(2), "phone_number_quality_update", { display_phone_number: "1", event: "UNFLAGGED" }),
  );
  await persist(wa.account(millis(1), "phone_number_quality_update", { display_phone_number: "1", event: "late" }));
  expect(port.documents.get("channels/whatsapp")).toMatchObject({
    channel: "whatsapp",
    notices: {
      "100000000000002 phone_number_quality_update 1": {
        detail: { display_phone_number: "1", event: "UNFLAGGED" },
        at: at(2),
      },
    },
  });
  expect(JSON.stringify(port.documents.get("channels/whatsapp"))).not.toContain('"old"');
});
