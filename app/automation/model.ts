import type { Timestamp } from "firebase-admin/firestore";
import type { ChannelName, OutboundTemplate } from "../channels/channel.ts";
import { COLLECTIONS } from "../conversations/model.ts";
import type { SkipReason } from "./trigger.ts";

/** The documents of the automations. */

export const AUTOMATION_COLLECTIONS = {
  sends: "automation_sends",
  cursors: "automation_cursors",
  customers: "automation_customers",
  tasks: COLLECTIONS.tasks,
} as const;

/** Days after which TTL removes a send: long after the last look back at what became due. */
export const SEND_DAYS = 90;

/** Why a send waits. */
export type DeferReason =
  | "quiet_hours"
  | "recent_automation"
  | "channel_down"
  | "channel_retry"
  | "email_down"
  | "email_retry";

/** Why the preferred way was not open, when another one, or a person, was found instead. */
export type DetourReason =
  | "window_closed"
  | "no_template"
  | "conversation_closed"
  | "channel_opted_out"
  | "not_connected"
  | "no_address"
  | "email_off"
  | "way_failed";

/** Why a send came to nothing. */
export type FailReason = "unknown_outcome" | "cooldown" | "no_way";

/** How a customer is reached. */
export type Way =
  | {
      readonly kind: "chat";
      readonly channel: ChannelName;
      readonly conversationId: string;
      readonly template?: OutboundTemplate;
    }
  /** The user's web chat, which exists from the first message on. */
  | { readonly kind: "new_webchat"; readonly channel: "webchat"; readonly conversationId: string }
  | { readonly kind: "email"; readonly to: string };

/** `automation_sends/{trigger}_{entity}_{due}`: one due message to one customer, from the claim to the end. */
export interface SendRow {
  id: string;
  trigger: string;
  /** Where the entity is. */
  collection: string;
  entity: string;
  dueAt: Timestamp;
  /** True while something is left to do: what a run looks for first. */
  open: boolean;
  state: "claimed" | "deferred" | "sending" | "done";
  outcome?: "sent" | "skipped" | "failed" | "task";
  reason?: SkipReason | DeferReason | DetourReason | FailReason;
  /** Who works on it; a lease that ended, or a wait that is over, is anybody's. */
  token: string;
  retryAt: Timestamp;
  way?: Way;
  messageId?: string;
  /** Customer and conversation that this send keeps from getting another one. */
  customer?: string;
  /** How many times a way was taken; numbers the messages. */
  attempts: number;
  /** Ways that did not work, by {@link wayKey}. */
  tried: string[];
  createdAt: Timestamp;
  updatedAt: Timestamp;
  /** The TTL field. */
  expireAt: Timestamp;
}

/** `automation_customers/{user}`: when the user last got an automation. */
export interface CustomerPause {
  at: Timestamp;
  sendId: string;
  expireAt: Timestamp;
}

/** `tasks/{send}`: something for a person in the inbox. */
export interface InboxTask {
  id: string;
  type: "automation";
  status: "open" | "done";
  trigger: string;
  reason: string;
  /** What the automation wanted to say. */
  text: string;
  conversationId?: string;
  userId?: string;
  createdAt: Timestamp;
  /** The person's uid. */
  doneBy?: string;
  doneAt?: Timestamp;
}

export function wayKey(way: Way): string {
  return way.kind === "email"
    ? "email"
    : `${way.kind === "chat" && way.template ? "template:" : ""}${way.conversationId}`;
}
