import { Timestamp } from "firebase-admin/firestore";
import { asksToStop } from "../automation/opt-out-words.ts";
import type { AnyMessage } from "../channels/channel.ts";
import { STANDARD_WINDOW_MS } from "../channels/window.ts";
import { BOT_ID, COLLECTIONS, type Message } from "../conversations/model.ts";
import { nameBeginnings } from "../search/words.ts";
import { type Context, type Identity, messageDocument, previewOf } from "./documents.ts";
import type { Data, Write } from "./store.ts";
import { traitsOf } from "./traits.ts";

/** A message together with the conversation that it belongs to. */
export interface Placed<T> {
  readonly event: T;
  readonly identity: Identity;
  /** Its place in the POST. Default the first. */
  readonly index?: number;
}

/**
 * Only a message that has just been sent may be written without looking: an older one could be late, and would pull the
 * conversation's last message and window back. Within this time the order of arrival is as good as any.
 */
const FRESH_MS = 30_000;

/** Whether a customer's message can be stored without reading anything first. */
export function isFast(event: AnyMessage, now: number): boolean {
  return event.direction === "in" && event.kind !== "system" && Math.abs(now - event.at) <= FRESH_MS;
}

/**
 * One batch for all of them: each message is created under its own deterministic id, so that the whole batch fails if one
 * of them was there before; each conversation is written once, with counters that only add. Nothing is read. Pure.
 */
export function fastWrites(messages: readonly Placed<AnyMessage>[], context: Context): Write[] {
  const writes: Write[] = [];
  const groups = new Map<string, Written[]>();
  for (const { event, identity, index } of messages) {
    const document = messageDocument(event, identity, context, index);
    writes.push({ op: "create", collection: COLLECTIONS.messages, id: document.id, data: asData(document) });
    const group = groups.get(identity.conversationId);
    if (group) group.push({ event, identity, document });
    else groups.set(identity.conversationId, [{ event, identity, document }]);
  }
  for (const group of groups.values()) writes.push(conversationWrite(group, context));
  return writes;
}

interface Written extends Placed<AnyMessage> {
  readonly document: Message;
}

function asData(document: Message): Data {
  return document as unknown as Data;
}

function conversationWrite(group: readonly Written[], context: Context): Write {
  const ordered = group.toSorted((a, b) => a.event.at - b.event.at);
  const newest = ordered.at(-1);
  if (!newest) throw new TypeError("a group of messages is never empty");
  const { event, identity, document } = newest;
  const traits = ordered.map((one) => traitsOf(one.event, context.now));
  const counted = traits.filter((one) => one.counts).length;
  const data: Data = {
    id: identity.conversationId,
    channel: event.channel,
    updatedAt: document.createdAt,
    status: "active",
    lastMessage: previewOf(document),
    lastMessageAt: document.timestamp,
    lastMessageSender: document.sender,
    lastInboundAt: document.timestamp,
    windowExpiresAt: Timestamp.fromMillis(event.at + STANDARD_WINDOW_MS),
    account: event.account,
  };
  if (traits.some((one) => one.awaits)) data.awaitingReply = true;
  const { contact } = contactFields(ordered.map((one) => one.event));
  if (contact) data.contact = contact;
  const write: Write = {
    op: "merge",
    collection: COLLECTIONS.conversations,
    id: identity.conversationId,
    data,
    unions: { participants: participantsOf(identity) },
  };
  return counted === 0 ? write : { ...write, increments: { inboundCount: counted, unread: counted } };
}

/** What every write to a conversation says again, so that the first one of all makes a whole document. */
export function conversationFrame(event: { channel: string }, identity: Identity, context: Context): Data {
  return {
    id: identity.conversationId,
    channel: event.channel,
    updatedAt: Timestamp.fromMillis(context.now),
  };
}

/** Who takes part at least; the worker adds the customer's user id. */
export function participantsOf(identity: Identity): string[] {
  return [identity.customer, BOT_ID];
}

export function newestFields(message: Message): Data {
  return {
    lastMessage: previewOf(message),
    lastMessageAt: message.timestamp,
    lastMessageSender: message.sender,
  };
}

export function windowFields(at: number): Data {
  return {
    lastInboundAt: Timestamp.fromMillis(at),
    windowExpiresAt: Timestamp.fromMillis(at + STANDARD_WINDOW_MS),
  };
}

/** What is told about a customer, and how new that is. */
export interface ContactNews {
  readonly contact?: { readonly seenAt: Readonly<Record<string, Timestamp>>; readonly [field: string]: unknown };
}

/** The newest that the messages, oldest first, tell about the customer: each field with the time of its message. */
export function toldFields(events: readonly AnyMessage[]): ContactNews {
  const contact: Data = {};
  const seenAt: Record<string, Timestamp> = {};
  let told = false;
  const tell = (field: string, value: string | undefined, at: Timestamp) => {
    if (value === undefined) return;
    contact[field] = value;
    seenAt[field] = at;
    told = true;
  };
  for (const event of events) {
    const at = Timestamp.fromMillis(event.at);
    tell("name", event.customerName, at);
    if (event.customerName !== undefined) contact.words = nameBeginnings(event.customerName);
    tell("phone", event.phone, at);
    tell("bsuid", event.bsuid, at);
  }
  return told ? { contact: { ...contact, seenAt } } : {};
}

/** The customer's own words end automatic messages as the channel's own switch does. */
export function stopFields(events: readonly AnyMessage[]): { optOut: true; optOutAt: Timestamp } | undefined {
  const last = events.findLast((event) => event.direction === "in" && asksToStop(event.text));
  return last && { optOut: true, optOutAt: Timestamp.fromMillis(last.at) };
}

/** All that messages, oldest first, change in what is kept about their customer. */
export function contactFields(events: readonly AnyMessage[]): { contact?: Data } {
  const told = toldFields(events);
  const stop = stopFields(events);
  return stop ? { contact: { ...told.contact, ...stop } } : told;
}
