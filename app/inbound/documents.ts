import { Timestamp } from "firebase-admin/firestore";
import { isFile, newAttachment } from "../attachments/model.ts";
import type { AnyMessage, ChannelName, MessageKind, UnknownEvent } from "../channels/channel.ts";
import { wordsOf } from "../conversations/history.ts";
import { hashedId, messageId } from "../conversations/ids.ts";
import { COLLECTIONS, type Message } from "../conversations/model.ts";
import { searchWords } from "../search/words.ts";
import type { Data, Write } from "./store.ts";

/** The documents that an event turns into, field by field. Pure. */

/** Where and when a document is written. */
export interface Context {
  /** Arrival, in Unix milliseconds. */
  readonly now: number;
  readonly trace?: string;
}

/** Which conversation an event belongs to. */
export interface Identity {
  readonly conversationId: string;
  /** The customer as the conversation knows them: its id without the channel. */
  readonly customer: string;
}

const DAY_MS = 24 * 3_600_000;
/** Longer than Meta redelivers (seven days), so that early news outlives the wait for its message. */
export const EARLY_NEWS_MS = 14 * DAY_MS;
/** Long enough for an admin to look. */
const REJECTED_MS = 30 * DAY_MS;

export function idOf(event: { channel: ChannelName; account: string; providerId: string }): string {
  return messageId(event.channel, event.account, event.providerId);
}

/**
 * `messages/{hash}` of a new message. What is not known is absent: the store refuses `undefined`.
 * @param place in its POST: WhatsApp tells a message's second only, and those of one second come in the order of writing
 */
export function messageDocument(event: AnyMessage, identity: Identity, context: Context, place = 0): Message {
  const echo = event.direction === "echo";
  const message: Message = {
    id: idOf(event),
    conversationId: identity.conversationId,
    channel: event.channel,
    sender: echo ? event.account : identity.customer,
    // The worker knows better once it has looked the customer up; a person of ours is staff.
    senderType: echo ? "admin" : "cliente",
    text: event.text,
    timestamp: Timestamp.fromMillis(event.at),
    isAutomation: false,
    metadata: metadataOf(event),
    createdAt: arrival(context.now, place),
    providerId: event.providerId,
    status: echo ? "sent" : "received",
    kind: event.kind,
  };
  const words = searchWords(event.text);
  if (words.length > 0) message.words = words;
  if (event.attachments.length > 0) {
    message.attachments = event.attachments.map(newAttachment);
    if (event.attachments.some(isFile)) message.fetchAt = message.createdAt;
  }
  if (event.replyTo !== undefined) message.replyTo = event.replyTo;
  if (event.payload !== undefined) message.payload = event.payload;
  if (event.referral !== undefined) message.referral = { ...event.referral };
  if (event.error !== undefined) message.error = { code: event.error.code, message: event.error.title };
  if (context.trace !== undefined) message.trace = context.trace;
  return message;
}

function metadataOf(event: AnyMessage): Message["metadata"] {
  if (event.channel === "webchat") return {};
  if (event.channel === "whatsapp") return { phone_number_id: event.account };
  return { recipient_id: event.direction === "echo" ? event.customer : event.account };
}

/** What the list shows of messages that have neither words nor a label of their own. */
const PREVIEWS: Readonly<Partial<Record<MessageKind, string>>> = {
  interactive: "[resposta]",
  postback: "[botão]",
  referral: "[chegou por um link]",
  text: "[sem texto]",
};
const DELETED_PREVIEW = "[mensagem apagada]";

/** What the conversation list shows of a message. */
export function previewOf(message: Pick<Message, "kind" | "text" | "deletedAt">): string {
  if (message.deletedAt !== undefined) return DELETED_PREVIEW;
  return wordsOf(message) || (PREVIEWS[message.kind ?? "text"] ?? "");
}

/** `rejected_events/{hash}`: signed by Meta, not understood by us. */
export function rejectedWrite(event: UnknownEvent, context: Context): Write {
  const id = hashedId(`${event.channel}\n${event.reason}\n${event.raw}`);
  const data: Data = {
    id,
    channel: event.channel,
    account: event.account,
    reason: event.reason,
    raw: event.raw,
    at: Timestamp.fromMillis(event.at),
    expireAt: Timestamp.fromMillis(context.now + REJECTED_MS),
    ...(context.trace !== undefined && { trace: context.trace }),
  };
  return { op: "set", collection: COLLECTIONS.rejected, id, data };
}

/** A microsecond apart, which is the least that Firestore keeps. */
function arrival(now: number, place: number): Timestamp {
  const start = Timestamp.fromMillis(now);
  const micros = start.nanoseconds / 1_000 + place;
  return new Timestamp(start.seconds + Math.floor(micros / 1_000_000), (micros % 1_000_000) * 1_000);
}
