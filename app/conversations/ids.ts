import { hash } from "node:crypto";
import type { ChannelName } from "../channels/channel.ts";

/** A document id that the same text meets again: 160 bits, which no two texts share by chance. */
export function hashedId(text: string): string {
  return hash("sha256", text, "hex").slice(0, 40);
}

/**
 * The id of a message document. Deterministic, so that `create()` makes a redelivery a no-op; a hash, because a
 * provider's id may hold `/` and `=`, which a document id may not.
 */
export function messageId(channel: ChannelName, account: string, providerId: string): string {
  return hashedId(`${channel}\n${account}\n${providerId}`);
}

/** Specification section 3: `{channel}_{sender_id}`. */
export function conversationId(channel: ChannelName, customer: string): string {
  return `${channel}_${customer}`;
}

/** The id of the bot's answer to everything up to the `answered`-th inbound message: one burst, one id. */
export function replyId(conversation: string, answered: number): string {
  return hashedId(`${conversation}\nreply\n${answered}`);
}
