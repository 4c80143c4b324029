import { describe, expect, test } from "vitest";
import { COLLECTIONS, type OutboxRow } from "../app/conversations/model.ts";
import {
  botAnswer,
  control,
  firestore,
  newCustomer,
  postWebhook,
  readConversation,
  readMessages,
  sentTexts,
  until,
  whatsappText,
} from "./support/stack.ts";

describe("a WhatsApp message", () => {
  test("is stored, answered by the bot and sent, within five seconds", async () => {
    const from = newCustomer();
    const text = "Olá! Preciso de um orçamento para pintar a sala 🎨";
    const response = await postWebhook(whatsappText({ from, id: `wamid.way-${from}`, text }));
    expect(response.status).toBe(200);

    const answer = await botAnswer(from, 5_000);
    const [sent] = await until("the answer at Meta", async () => some(await sentTexts(from)), 5_000);
    expect(sent?.text).toBe(answer.text);

    const [message] = await readMessages(from);
    expect(message).toMatchObject({
      sender: from,
      senderType: "cliente",
      text,
      channel: "whatsapp",
      isAutomation: false,
    });
    expect(answer).toMatchObject({ sender: "omni_ia", senderType: "bot", isAutomation: false });
    const conversation = await until("a conversation that waits for nothing", async () => {
      const found = await readConversation(from);
      return found?.awaitingReply === false && found.lease === null ? found : undefined;
    });
    expect(conversation).toMatchObject({
      id: `whatsapp_${from}`,
      channel: "whatsapp",
      participants: [from, "omni_ia"],
      userType: "cliente",
      status: "active",
      lastMessage: answer.text,
      lastMessageSender: "omni_ia",
      unread: 1,
      contact: { name: "Cliente de exemplo", phone: from },
    });
  });

  test("leaves its traces in the logs of the specification", async () => {
    const from = newCustomer();
    await postWebhook(whatsappText({ from, id: `wamid.logs-${from}`, text: "Quanto custa?" }));
    const conversationId = `whatsapp_${from}`;
    const rows = (collection: string) =>
      firestore.collection(collection).where("conversationId", "==", conversationId).get();
    const processed = await until("a row in omni_logs", async () => some((await rows(COLLECTIONS.omniLogs)).docs));
    expect(processed[0]?.data()).toMatchObject({
      type: "message_processed",
      channel: "whatsapp",
      userType: "cliente",
      success: true,
    });
    const [asked] = (await rows(COLLECTIONS.iaLogs)).docs;
    expect(asked?.data()).toMatchObject({ conversationId, channel: "whatsapp", userType: "cliente" });
    expect(asked?.data().prompt).toContain("Quanto custa?");
    expect(asked?.data().response).not.toBe("");
  });

  test("delivered five times is stored once and answered once", async () => {
    const from = newCustomer();
    const body = whatsappText({ from, id: `wamid.five-${from}`, text: "Cinco vezes o mesmo" });
    const responses = await Promise.all(Array.from({ length: 5 }, () => postWebhook(body)));
    expect(responses.map((response) => response.status)).toEqual([200, 200, 200, 200, 200]);

    await botAnswer(from);
    await until("one sent answer", async () => some(await sentTexts(from)));
    await quiet(from);
    const messages = await readMessages(from);
    expect(messages.map((message) => message.senderType)).toEqual(["cliente", "bot"]);
    expect(await sentTexts(from)).toHaveLength(1);
    expect(await readConversation(from)).toMatchObject({ inboundCount: 1, unread: 1 });
  });

  test("in a burst gets one answer to all of it", async () => {
    const from = newCustomer();
    await control("POST", "/faults", { target: "gemini", mode: "delay", delayMs: 700, count: 1 });
    for (const [index, text] of ["Oi", "Preciso de um eletricista", "É urgente"].entries()) {
      await postWebhook(whatsappText({ from, id: `wamid.burst-${from}-${index}`, text }));
    }
    await botAnswer(from);
    await quiet(from);
    expect(await sentTexts(from)).toHaveLength(1);
    expect(await readConversation(from)).toMatchObject({ inboundCount: 3, answeredCount: 3, awaitingReply: false });
  });

  test.each([
    ["the number takes no messages", 131026, undefined],
    ["the customer has stopped them", 131050, true],
  ])("whose answer Meta takes and then refuses (%s) is left to a person", async (_why, code, optOut) => {
    const from = newCustomer();
    const refusal = { target: "graph", channel: "whatsapp", mode: "error", code, via: "status", count: 1 };
    await control("POST", "/faults", refusal);
    await postWebhook(whatsappText({ from, id: `wamid.late-${from}`, text: "Quanto custa pintar a sala?" }));
    const answer = await until("an answer that was refused", async () => {
      const found = (await readMessages(from)).find(({ senderType }) => senderType === "bot");
      return found?.status === "failed" ? found : undefined;
    });
    expect(answer.error?.code).toBe(code);
    // One event of the webhook's after the other: the stop comes with the refusal, and is a document of its own.
    const conversation = await until("a conversation that waits for a person", async () => {
      const found = await readConversation(from);
      return found?.needsPerson === true && found.contact?.optOut === optOut ? found : undefined;
    });
    expect(conversation.mode ?? "bot").toBe("bot");
    expect(await sentTexts(from)).toHaveLength(1);
  });

  test("is acknowledged and answered later while the store does not answer", async () => {
    const from = newCustomer();
    await control("POST", "/faults", { target: "firestore", mode: "hang", forMs: 4_000 });
    const response = await postWebhook(whatsappText({ from, id: `wamid.store-${from}`, text: "O banco caiu?" }));
    expect(response.status).toBe(200);
    const answer = await botAnswer(from, 45_000);
    expect(answer.senderType).toBe("bot");
    await quiet(from);
    expect(await sentTexts(from)).toHaveLength(1);
  });
});

/** Until nothing of this customer's is under way. */
async function quiet(customer: string): Promise<void> {
  await until(`nothing under way for ${customer}`, async () => {
    const conversation = await readConversation(customer);
    const open = await firestore
      .collection(COLLECTIONS.outbox)
      .where("conversationId", "==", `whatsapp_${customer}`)
      .get();
    const rows = open.docs.map((row) => (row.data() as OutboxRow).status);
    const done = rows.every((status) => status === "sent" || status === "failed");
    return conversation?.awaitingReply === false && conversation.lease == null && done ? true : undefined;
  });
}

function some<T>(found: T[]): T[] | undefined {
  return found.length > 0 ? found : undefined;
}
