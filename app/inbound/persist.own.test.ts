import { describe, expect, test } from "vitest";
import { expecting, millis } from "../channels/shapes/index.ts";
import { memoryStore } from "./testing/memory-store.ts";
import { at, CONVERSATION, persistingForTests } from "./testing/persisting.ts";

const wa = expecting("whatsapp");
const fb = expecting("facebook");

const inbound = persistingForTests();
const { persist, message, conversation } = inbound;

describe("our own message coming back", () => {
  const own = (data: object) =>
    inbound.port.commit([
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
  const stored = () => inbound.port.documents.get("messages/out-1");
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
    inbound.port.commit([
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
    expect(inbound.port.documents.get("messages/out-1")).toMatchObject({ status: "delivered", providerId: "wamid.o" });
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
    expect(inbound.port.documents.get("messages/out-1")).toMatchObject({
      status: "failed",
      error: { code: 131026, message: "Undeliverable" },
    });
    await persist(wa.status(3, { providerId: "wamid.o", status: "read" }));
    expect(inbound.port.documents.get("messages/out-1")).toMatchObject({ status: "read" });
    expect(inbound.port.documents.get("messages/out-1")).not.toHaveProperty("error");
  });

  describe("that refuse what was taken", () => {
    const refused = wa.status(2, {
      providerId: "wamid.o",
      status: "failed",
      correlation: "out-1",
      error: { code: 131026, title: "Undeliverable" },
    });

    test("ask for a person: the bot's answer never came", async () => {
      await own();
      await persist(refused);
      expect(conversation()).toMatchObject({ needsPerson: true });
    });

    test("ask for nobody where a person has the conversation, or the message did arrive", async () => {
      await own();
      await persist(wa.echoed(1, { text: "Eu cuido" }), refused);
      expect(conversation()).toMatchObject({ mode: "human", needsPerson: false });

      inbound.port = memoryStore();
      await own();
      await persist(wa.status(1, { providerId: "wamid.o", status: "delivered", correlation: "out-1" }), refused);
      expect(conversation()?.needsPerson).toBeUndefined();
    });
  });

  test("up to a time reach what was sent before it, in that conversation", async () => {
    const inOf = (id: string, n: number, conversationId: string) => ({
      op: "create" as const,
      collection: "messages",
      id,
      data: { id, conversationId, channel: "facebook", sender: "omni_ia", text: id, timestamp: at(n), status: "sent" },
    });
    const here = "facebook_4000000000000001";
    await inbound.port.commit([inOf("a", 1, here), inOf("b", 3, here), inOf("c", 1, "facebook_9")]);
    await persist(fb.watermark(4, { status: "read", watermark: millis(2) }));
    expect(["a", "b", "c"].map((id) => inbound.port.documents.get(`messages/${id}`)?.status)).toEqual([
      "read",
      "sent",
      "sent",
    ]);
  });
});
