import { hash } from "node:crypto";
import type { ChannelName } from "../channels/channel.ts";

/**
 * The id of a message document. Deterministic, so that `create()` makes a redelivery a no-op; a hash, because a
 * provider's id may hold `/` and `=`, which a document id may not.
 */
export function messageId(channel: ChannelName, account: string, providerId: string): string {
  return hash("sha256", `${channel}\n${account}\n${providerId}`, "hex").slice(0, 40);
}

/** Specification section 3: `{channel}_{sender_id}`. */
export function conversationId(channel: ChannelName, customer: string): string {
  return `${channel}_${customer}`;
}

/** The id of the bot's answer to everything up to the `answered`-th inbound message: one burst, one id. */
export function replyId(conversation: string, answered: number): string {
  return hash("sha256", `${conversation}\nreply\n${answered}`, "hex").slice(0, 40);
}
