import { initializeApp } from "firebase-admin/app";
import { type Firestore, getFirestore } from "firebase-admin/firestore";
import * as z from "zod";
import { COLLECTIONS, type OutboxRow } from "../../app/conversations/model.ts";
import type { LocalOutputs } from "../../local/outputs.ts";
import type { SentMessage, StoredMessage } from "./audit.ts";

/** What a soak left in the store, at Graph and in the queues. */

/** The store itself, not the app's way to it, which faults cut. */
export function storeOf(outputs: LocalOutputs): Firestore {
  process.env.FIRESTORE_EMULATOR_HOST = outputs.firestoreHost;
  process.env.METADATA_SERVER_DETECTION = "none";
  return getFirestore(initializeApp({ projectId: outputs.project }, "soak"));
}

/** What is still under way. */
export interface Open {
  readonly stored: number;
  readonly awaiting: number;
  readonly unsent: number;
}

export async function whatIsOpen(db: Firestore): Promise<Open> {
  const [stored, awaiting, unsent] = await Promise.all([
    db.collection(COLLECTIONS.messages).where("senderType", "==", "cliente").count().get(),
    db.collection(COLLECTIONS.conversations).where("awaitingReply", "==", true).count().get(),
    db.collection(COLLECTIONS.outbox).where("status", "in", ["pending", "sending"]).count().get(),
  ]);
  return { stored: stored.data().count, awaiting: awaiting.data().count, unsent: unsent.data().count };
}

export async function storedMessages(db: Firestore): Promise<StoredMessage[]> {
  const found = await db.collection(COLLECTIONS.messages).select("conversationId", "senderType", "providerId").get();
  return found.docs.flatMap((document) => {
    const { conversationId, senderType, providerId } = document.data();
    // News that overtook their message belong to no conversation.
    if (typeof conversationId !== "string") return [];
    return {
      id: document.id,
      conversationId,
      byBot: senderType === "bot",
      committedAt: document.createTime.toMillis(),
      ...(typeof providerId === "string" && { providerId }),
    };
  });
}

/** Bot's messages of a conversation, the oldest first: what became of each, for whoever looks into what went wrong. */
export async function answersOf(db: Firestore, conversationId: string): Promise<string> {
  const rows = await db.collection(COLLECTIONS.outbox).where("conversationId", "==", conversationId).get();
  const said = rows.docs
    .map((document) => document.data() as OutboxRow)
    .toSorted((one, other) => one.createdAt.toMillis() - other.createdAt.toMillis())
    .map(({ status, attempts, unsure = 0, outcome, error }) => {
      const why = error === undefined ? "" : ` (${error.failure})`;
      return `${outcome ?? "message"} ${status}${why} after ${attempts} tries, ${unsure} unsure`;
    });
  return said.length === 0 ? "no answer was written" : said.join("; ");
}

const sentAnswer = z.object({
  sent: z.array(z.object({ to: z.string(), kind: z.string(), correlation: z.string().optional() })),
});

/** The texts that Graph took. */
export async function sentMessages(outputs: LocalOutputs): Promise<SentMessage[]> {
  const answer = await fetch(`${outputs.simulatorUrl}/control/sent?kind=text`);
  const { sent } = sentAnswer.parse(await answer.json());
  return sent.map(({ to, correlation }) => ({ to, ...(correlation !== undefined && { correlation }) }));
}

const subscriptionList = z.object({ subscriptions: z.array(z.object({ name: z.string() })).default([]) });
const pulled = z.object({
  receivedMessages: z.array(z.object({ message: z.object({ messageId: z.string() }) })).default([]),
});

/** Messages that no handler took after all attempts. They stay where they are. */
export async function deadLetters(outputs: LocalOutputs): Promise<number> {
  const pubsub = `http://${outputs.pubsubHost}/v1`;
  const listed = await fetch(`${pubsub}/projects/${outputs.project}/subscriptions`);
  const { subscriptions } = subscriptionList.parse(await listed.json());
  const ids = new Set<string>();
  for (const { name } of subscriptions.filter((each) => /dead/.test(each.name))) {
    for (;;) {
      const answer = await fetch(`${pubsub}/${name}:pull`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ maxMessages: 1000, returnImmediately: true }),
      });
      const { receivedMessages } = pulled.parse(await answer.json());
      if (receivedMessages.length === 0) break;
      for (const { message } of receivedMessages) ids.add(message.messageId);
    }
  }
  return ids.size;
}
