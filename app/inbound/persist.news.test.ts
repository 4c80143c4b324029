import { Timestamp } from "firebase-admin/firestore";
import { describe, expect, test } from "vitest";
import { expecting, millis } from "../channels/shapes/index.ts";
import { conversationId } from "../conversations/ids.ts";
import { at, CONVERSATION, persistingForTests } from "./testing/persisting.ts";

const wa = expecting("whatsapp");
const fb = expecting("facebook");

const inbound = persistingForTests();
const { persist, message, conversation } = inbound;

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

  test("that something was taken back is told to whoever is answering, once, and not of what we wrote", async () => {
    await persist(wa.said(1, { text: "segredo" }), wa.echoed(2, { text: "nosso" }));
    await persist(wa.deletion(3, { target: "wamid.2" }));
    expect(conversation()?.takenBackAt).toBeUndefined();
    await persist(wa.deletion(4, { target: "wamid.1" }));
    const told = conversation()?.takenBackAt;
    expect(told).toEqual(Timestamp.fromMillis(inbound.now));
    inbound.now += 1_000;
    await persist(wa.deletion(4, { target: "wamid.1" }));
    expect(conversation()?.takenBackAt).toEqual(told);
  });

  test("a message that was deleted before it came is born deleted, in no conversation until then", async () => {
    await persist(wa.deletion(2, { target: "wamid.1" }));
    expect(message(wa.said(1))).toMatchObject({ stub: true, providerId: "wamid.1" });
    expect(message(wa.said(1))).not.toHaveProperty("conversationId");
    await persist(wa.said(1, { kind: "image", text: "segredo", attachments: [{ type: "image", mediaId: "9" }] }));
    expect(message(wa.said(1))).toMatchObject({ text: "", deletedAt: at(2), conversationId: CONVERSATION });
    expect(message(wa.said(1))).not.toHaveProperty("attachments");
    expect(message(wa.said(1))).not.toHaveProperty("expireAt");
    expect(JSON.stringify([...inbound.port.documents])).not.toContain("segredo");
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
  expect(inbound.port.documents.get("channels/whatsapp")).toMatchObject({
    channel: "whatsapp",
    notices: {
      "100000000000002 phone_number_quality_update 1": {
        detail: { display_phone_number: "1", event: "UNFLAGGED" },
        at: at(2),
      },
    },
  });
  expect(JSON.stringify(inbound.port.documents.get("channels/whatsapp"))).not.toContain('"old"');
});
