import { Timestamp } from "firebase-admin/firestore";
import { asksToStop } from "../automation/opt-out-words.ts";
import type { MessageEvent } from "../channels/channel.ts";
import { STANDARD_WINDOW_MS } from "../channels/window.ts";
import { BOT_ID, COLLECTIONS, type Message } from "../conversations/model.ts";
import { type Context, type Identity, messageDocument, previewOf } from "./documents.ts";
import type { Data, Write } from "./store.ts";
import { traitsOf } from "./traits.ts";

/** A message together with the conversation that it belongs to. */
export interface Placed<T> {
  readonly event: T;
  readonly identity: Identity;
}

/**
 * Only a message that has just been sent may be written without looking: an older one could be late, and would pull the
 * conversation's last message and window back. Within this time the order of arrival is as good as any.
 */
const FRESH_MS = 30_000;

/** Whether a customer's message can be stored without reading anything first. */
export function isFast(event: MessageEvent, now: number): boolean {
  return event.direction === "in" && event.kind !== "system" && Math.abs(now - event.at) <= FRESH_MS;
}

/**
 * One batch for all of them: each message is created under its own deterministic id, so that the whole batch fails if one
 * of them was there before; each conversation is written once, with counters that only add. Nothing is read. Pure.
 */
export function fastWrites(messages: readonly Placed<MessageEvent>[], context: Context): Write[] {
  const written = messages.map((one) => ({ ...one, document: messageDocument(one.event, one.identity, context) }));
  const creates = written.map(
    ({ document }): Write => ({
      op: "create",
      collection: COLLECTIONS.messages,
      id: document.id,
      data: { ...document },
    }),
  );
  const groups = Map.groupBy(written, ({ document }) => document.conversationId);
  return [...creates, ...[...groups.values()].map((group) => conversationWrite(group, context))];
}

interface Written extends Placed<MessageEvent> {
  readonly document: Message;
}

function conversationWrite(group: readonly Written[], context: Context): Write {
  const ordered = group.toSorted((a, b) => a.event.at - b.event.at);
  const newest = ordered.at(-1);
  if (!newest) throw new TypeError("a group of messages is never empty");
  const { event, identity, document } = newest;
  const traits = ordered.map((one) => traitsOf(one.event, context.now));
  const counted = traits.filter((one) => one.counts).length;
  const data: Data = {
    ...conversationFrame(event, identity, context),
    status: "active",
    ...contactFields(ordered.map((one) => one.event)),
    ...newestFields(document),
    ...windowFields(event.at),
    account: event.account,
    ...(traits.some((one) => one.awaits) && { awaitingReply: true }),
  };
  return {
    op: "merge",
    collection: COLLECTIONS.conversations,
    id: identity.conversationId,
    data,
    unions: { participants: participantsOf(identity) },
    ...(counted > 0 && { increments: { inboundCount: counted, unread: counted } }),
  };
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
export function toldFields(events: readonly MessageEvent[]): ContactNews {
  const contact: Data = {};
  const seenAt: Record<string, Timestamp> = {};
  for (const event of events) {
    const told = { name: event.customerName, phone: event.phone, bsuid: event.bsuid };
    for (const [field, value] of Object.entries(told)) {
      if (value === undefined) continue;
      contact[field] = value;
      seenAt[field] = Timestamp.fromMillis(event.at);
    }
  }
  return Object.keys(seenAt).length === 0 ? {} : { contact: { ...contact, seenAt } };
}

/** The customer's own words end automatic messages as the channel's own switch does. */
export function stopFields(events: readonly MessageEvent[]): { optOut: true; optOutAt: Timestamp } | undefined {
  const last = events.findLast((event) => event.direction === "in" && asksToStop(event.text));
  return last && { optOut: true, optOutAt: Timestamp.fromMillis(last.at) };
}

/** All that messages, oldest first, change in what is kept about their customer. */
export function contactFields(events: readonly MessageEvent[]): { contact?: Data } {
  const contact = { ...toldFields(events).contact, ...stopFields(events) };
  return Object.keys(contact).length === 0 ? {} : { contact };
}
