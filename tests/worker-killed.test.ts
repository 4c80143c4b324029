import { afterEach, describe, expect, test } from "vitest";
import { COLLECTIONS, type OutboxRow } from "../app/conversations/model.ts";
import {
  botAnswer,
  control,
  firestore,
  kill,
  newCustomer,
  postWebhook,
  readConversation,
  readMessages,
  restarts,
  sentTexts,
  until,
  whatsappText,
} from "./support/stack.ts";

const API = "servio-api";

afterEach(async () => {
  await control("DELETE", "/faults");
});

/** Kills the API and waits until the supervisor has it up again. */
async function crash(): Promise<void> {
  const before = (await restarts(API)) ?? 0;
  await kill(API, "SIGKILL");
  await until("the API restarted", async () => (((await restarts(API)) ?? 0) > before ? true : undefined));
}

describe("a worker that is killed", () => {
  test("between its claim and the answer: the customer gets exactly one", async () => {
    const from = newCustomer();
    await control("POST", "/faults", { target: "gemini", mode: "hang", count: 1 });
    await postWebhook(whatsappText({ from, id: `wamid.claimed-${from}`, text: "Alguém aí?" }));
    await until("the claim", async () => ((await readConversation(from))?.lease ? true : undefined));
    await crash();

    await botAnswer(from, 60_000);
    await settled(from);
    expect(await sentTexts(from)).toHaveLength(1);
    expect((await readMessages(from)).map((message) => message.senderType)).toEqual(["cliente", "bot"]);
  }, 90_000);

  test("between the outbox and Meta: the customer gets exactly one", async () => {
    const from = newCustomer();
    // Meta takes the connection and does nothing: the row is `sending`, and nothing has left.
    await control("POST", "/faults", { target: "graph", mode: "hang", channel: "whatsapp" });
    await postWebhook(whatsappText({ from, id: `wamid.sending-${from}`, text: "Vai chegar?" }));
    await until("the row under way", async () => ((await row(from))?.status === "sending" ? true : undefined));
    await crash();
    // Not a number of calls: which of them Meta still saw depends on the moment of the kill.
    await control("DELETE", "/faults");

    await settled(from);
    expect(await sentTexts(from)).toHaveLength(1);
    expect((await readMessages(from)).map((message) => message.senderType)).toEqual(["cliente", "bot"]);
  }, 240_000);

  test("after Meta took the message but before we knew: it is not sent again", async () => {
    const from = newCustomer();
    await control("POST", "/faults", { target: "graph", mode: "hang", processed: true, channel: "whatsapp" });
    await postWebhook(whatsappText({ from, id: `wamid.taken-${from}`, text: "Duas vezes?" }));
    await until("the text at Meta", async () => ((await sentTexts(from)).length > 0 ? true : undefined));
    await crash();
    await control("DELETE", "/faults");

    await settled(from);
    expect(await sentTexts(from)).toHaveLength(1);
  }, 240_000);
});

async function row(customer: string): Promise<OutboxRow | undefined> {
  const found = await firestore
    .collection(COLLECTIONS.outbox)
    .where("conversationId", "==", `whatsapp_${customer}`)
    .get();
  return found.docs[0]?.data() as OutboxRow | undefined;
}

async function settled(customer: string): Promise<void> {
  await until(
    `the answer to ${customer} sent and nothing under way`,
    async () => {
      const conversation = await readConversation(customer);
      return (await row(customer))?.status === "sent" && conversation?.lease == null ? true : undefined;
    },
    200_000,
  );
}
