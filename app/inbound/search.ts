import { Timestamp } from "firebase-admin/firestore";
import type {
  AccountEvent,
  ChannelEvent,
  DeletionEvent,
  EditEvent,
  MessageEvent,
  ReactionEvent,
  StatusEvent,
  UnknownEvent,
  WatermarkEvent,
} from "../channels/channel.ts";
import { shortenText, TEXT_LIMITS } from "../channels/text.ts";
import { messageId } from "../conversations/ids.ts";
import { COLLECTIONS, type Message } from "../conversations/model.ts";
import { TEMPLATES, templateId } from "../templates/model.ts";
import { idOf } from "./documents.ts";
import type { Placed } from "./fast.ts";
import type { DocRef, Reader } from "./store.ts";
import { conversationRef, messageRef, type Workspace } from "./workspace.ts";

/** Everything that is kept with the conversations; what is not understood goes elsewhere, without being read. */
export type StoredEvent = Exclude<ChannelEvent, UnknownEvent>;

/** News about one message, named by its provider's id. */
export type NewsEvent = StatusEvent | ReactionEvent | EditEvent | DeletionEvent;

/** What our own ids look like; anything else in the correlation was put there by somebody else. */
const OUR_ID = /^[\w-]{1,128}$/;
/** Messages of one conversation that a "read up to" may reach at once. */
const MOST_AT_A_TIME = 100;

export function isNews(event: StoredEvent): event is NewsEvent {
  return event.type === "status" || event.type === "reaction" || event.type === "edit" || event.type === "deletion";
}

/** The id that the message has when it came through the webhook. */
export function targetId(event: NewsEvent): string {
  return messageId(event.channel, event.account, targetOf(event));
}

export function targetOf(event: NewsEvent): string {
  return event.type === "status" ? event.providerId : event.target;
}

/** Our own message's id that the event carries, if it does. */
export function correlationOf(event: StoredEvent): string | undefined {
  const value = event.type === "message" || event.type === "status" ? event.correlation : undefined;
  return value !== undefined && OUR_ID.test(value) ? value : undefined;
}

/** What an event needs to see of messages and channels, as far as its ids are known beforehand. */
export function subjectRefs(event: StoredEvent): DocRef[] {
  if (event.type === "account") return [channelRef(event), ...templateRefs(event)];
  const correlation = correlationOf(event);
  const own = correlation === undefined ? [] : [messageRef(correlation)];
  if (event.type === "message") return [messageRef(idOf(event)), ...own];
  return isNews(event) ? [messageRef(targetId(event)), ...own] : [];
}

export function channelRef(event: AccountEvent): DocRef {
  return { collection: COLLECTIONS.channels, id: event.channel };
}

/** The template that news of Meta's are about. */
export function templateRefs(event: AccountEvent): DocRef[] {
  if (event.field !== "message_template_status_update") return [];
  const { message_template_name: name = "", message_template_language: language = "" } = event.detail;
  const id = templateId(name, language);
  return id === undefined ? [] : [{ collection: TEMPLATES, id }];
}

/** Looks for messages whose document id the event does not tell, and takes them into the workspace. */
export async function search(reader: Reader, space: Workspace, { event, identity }: Placed<StoredEvent>) {
  const queries = [];
  if (isNews(event) && !newsSubject(space, event)) queries.push(byProvider(targetOf(event)));
  if (event.type === "message" && event.direction === "echo" && !ownMessage(space, event, identity.conversationId)) {
    queries.push(byProvider(event.providerId), byState(identity.conversationId, ["pending", "sending"], 5));
  }
  if (event.type === "watermark") {
    const states = event.status === "read" ? ["sent", "delivered"] : ["sent"];
    queries.push(byState(identity.conversationId, states, MOST_AT_A_TIME, event));
  }
  for (const found of await Promise.all(queries.map((query) => reader.find(query)))) {
    for (const { id, data } of found) space.accept(messageRef(id), data);
  }
}

/** The conversation that the event changes, once its message is known. */
export function conversationRefs(space: Workspace, { event, identity }: Placed<StoredEvent>): DocRef[] {
  if (event.type === "account") return [];
  if (!isNews(event)) return [conversationRef(identity.conversationId)];
  const subject = newsSubject(space, event);
  if (!subject) return [];
  // A status changes the message alone, unless it is a refusal, or more was known of it before it had a name.
  if (event.type === "status" && event.status !== "failed" && !space.early(targetId(event))) return [];
  return [conversationRef(subject.conversationId)];
}

/** The message that the news is about, if it is known. */
export function newsSubject(space: Workspace, event: NewsEvent): Message | undefined {
  const correlation = correlationOf(event);
  const own = correlation === undefined ? undefined : space.message(correlation);
  return own ?? space.message(targetId(event)) ?? sameProvider(space, event.channel, targetOf(event));
}

/**
 * The message of ours that an echo is: named by what we put on it, by the provider's id, or, where the echo overtakes the
 * answer to our own send, by its words. Without this the bot would take itself for a person who has taken over.
 */
export function ownMessage(space: Workspace, event: MessageEvent, conversationId: string): Message | undefined {
  const correlation = correlationOf(event);
  const named = correlation === undefined ? undefined : space.message(correlation);
  if (named) return named;
  const known = sameProvider(space, event.channel, event.providerId);
  if (known) return known.id === idOf(event) ? undefined : known;
  return space
    .messages()
    .find(
      (one) =>
        one.conversationId === conversationId &&
        one.providerId === undefined &&
        (one.status === "pending" || one.status === "sending") &&
        shortenText(one.text, TEXT_LIMITS[event.channel]).text.trim() === event.text.trim(),
    );
}

function sameProvider(space: Workspace, channel: string, providerId: string): Message | undefined {
  return space.messages().find((one) => one.providerId === providerId && one.channel === channel);
}

function byProvider(providerId: string) {
  return { collection: COLLECTIONS.messages, where: [["providerId", "==", providerId] as const], limit: 5 };
}

function byState(conversationId: string, states: readonly string[], limit: number, until?: WatermarkEvent) {
  return {
    collection: COLLECTIONS.messages,
    where: [
      ["conversationId", "==", conversationId] as const,
      ["status", "in", states] as const,
      ...(until ? [["timestamp", "<=", Timestamp.fromMillis(until.watermark)] as const] : []),
    ],
    newestBy: "timestamp",
    limit,
  };
}
