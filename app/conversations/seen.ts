import type { Firestore } from "firebase-admin/firestore";
import type { Log } from "../telemetry/log.ts";
import { listMessages } from "./list.ts";
import { type Conversation, customerOf } from "./model.ts";
import type { DeliveryDeps } from "./ports.ts";

/** So far back the customer's newest message is looked for: a person who wrote more than that has been read long since. */
const LOOK_BACK = 20;

export interface SeenDeps extends Pick<DeliveryDeps, "channels"> {
  readonly db: Firestore;
  readonly log: Log;
}

/** Lets the customer see that a person has read what they wrote, where their channel shows it. Best effort: never throws. */
export async function showSeen({ db, channels, log }: SeenDeps, conversation: Conversation): Promise<void> {
  const { id, channel, account } = conversation;
  if (channel === "webchat") return;
  try {
    const { items } = await listMessages(db, id, LOOK_BACK);
    const newest = items.find(({ status }) => status === "received");
    await channels[channel].seen({
      customer: customerOf(conversation),
      ...(account !== undefined && { account }),
      ...(newest?.providerId !== undefined && { providerId: newest.providerId }),
    });
  } catch (error) {
    log.warn({ err: error, conversationId: id }, "The read mark was not shown");
  }
}
