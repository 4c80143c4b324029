import type { Firestore } from "firebase-admin/firestore";
import type { Reader } from "../channels/channel.ts";
import type { Log } from "../telemetry/log.ts";
import { COLLECTIONS, type Conversation, customerOf, type Message } from "./model.ts";
import type { DeliveryDeps } from "./ports.ts";

interface SeenDeps extends Pick<DeliveryDeps, "channels"> {
  readonly db: Firestore;
  readonly log: Log;
}

/** Lets the customer see that a person has read what they wrote, where their channel shows it. Best effort: never throws. */
export async function showSeen({ db, channels, log }: SeenDeps, conversation: Conversation): Promise<void> {
  const { id, channel } = conversation;
  if (channel === "webchat") return;
  try {
    await channels[channel].seen(readerOf(conversation, await newestInbound(db, id)));
  } catch (error) {
    log.warn({ err: error, conversationId: id }, "The read mark was not shown");
  }
}

/** Whom a read mark, or "typing", is shown to. @param newest the customer's newest message */
export function readerOf(conversation: Conversation, newest: Message | undefined): Reader {
  return {
    customer: customerOf(conversation),
    ...(conversation.account !== undefined && { account: conversation.account }),
    ...(newest?.providerId !== undefined && { providerId: newest.providerId }),
  };
}

async function newestInbound(db: Firestore, conversationId: string): Promise<Message | undefined> {
  const { docs } = await db
    .collection(COLLECTIONS.messages)
    .where("conversationId", "==", conversationId)
    .where("status", "==", "received")
    .orderBy("timestamp", "desc")
    .limit(1)
    .get();
  return docs[0]?.data() as Message | undefined;
}
