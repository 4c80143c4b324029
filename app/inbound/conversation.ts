import type { Timestamp } from "firebase-admin/firestore";
import type { MessageEvent } from "../channels/channel.ts";
import { NOTHING_LEFT } from "../conversations/follow-up-tasks.ts";
import type { Conversation, Message } from "../conversations/model.ts";
import type { Context } from "./documents.ts";
import { conversationFrame, newestFields, type Placed, stopFields, toldFields, windowFields } from "./fast.ts";
import type { Data } from "./store.ts";
import { traitsOf } from "./traits.ts";

/**
 * What a new message changes in its conversation, when the conversation has been read: an older message never pulls the
 * last message or the window back. Pure.
 */
export function conversationPatch(
  current: Partial<Conversation> | undefined,
  { event, identity }: Placed<MessageEvent>,
  message: Message,
  context: Context,
): Data {
  const traits = traitsOf(event, context.now);
  const newest = event.at >= (current?.lastMessageAt?.toMillis() ?? 0);
  const newestInbound = event.at >= (current?.lastInboundAt?.toMillis() ?? 0);
  const inboundCount = (current?.inboundCount ?? 0) + (traits.counts ? 1 : 0);
  return {
    ...conversationFrame(event, identity, context),
    ...(current?.status === undefined && { status: "active" }),
    ...contactPatch(current?.contact, event),
    ...(traits.shows && newest && newestFields(message)),
    ...(traits.opensWindow && newestInbound && { ...windowFields(event.at), account: event.account }),
    ...(traits.counts && { inboundCount, unread: (current?.unread ?? 0) + 1, status: "active" }),
    ...(traits.awaits && { awaitingReply: true }),
    ...(traits.takesOver && takeoverFields(inboundCount, newest)),
  };
}

/** A person has the conversation now; the bot owes it nothing any more. */
function takeoverFields(inboundCount: number, newest: boolean): Data {
  return {
    mode: "human",
    awaitingReply: false,
    answeredCount: inboundCount,
    needsPerson: false,
    ...NOTHING_LEFT,
    ...(newest && { unread: 0 }),
  };
}

/** Of each field what the newest message tells; an older one only adds what no newer one has told. */
function contactPatch(current: Conversation["contact"], event: MessageEvent): { contact?: Data } {
  const told = toldFields([event]).contact ?? { seenAt: {} };
  const known: Readonly<Record<string, Timestamp | undefined>> = current?.seenAt ?? {};
  const newer = Object.keys(told.seenAt).filter((field) => event.at >= (known[field]?.toMillis() ?? 0));
  const pick = (from: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(newer.map((field) => [field, from[field]]));
  const stop = event.at >= (current?.optOutAt?.toMillis() ?? 0) ? stopFields([event]) : undefined;
  const words = newer.includes("name") && { words: told.words };
  const contact = { ...pick(told), ...words, ...(newer.length > 0 && { seenAt: pick(told.seenAt) }), ...stop };
  return Object.keys(contact).length === 0 ? {} : { contact };
}
