import { FieldPath, type Firestore, type Query, Timestamp } from "firebase-admin/firestore";
import type { ChannelName } from "../channels/channel.ts";
import { COLLECTIONS, type Conversation, type Message, type UserType } from "./model.ts";

export interface ConversationFilter {
  /** Any of these ids takes part: a signed-in person has a uid and, once verified, an e-mail address. */
  readonly participants?: readonly string[];
  readonly userType?: UserType;
  readonly channel?: ChannelName;
  readonly status?: "active" | "closed";
}

/** Where a page ended: a time to the nanosecond, and the id that settles a tie. */
export interface Place {
  readonly seconds: number;
  readonly nanoseconds: number;
  readonly id: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: Place;
}

/** Conversations, the latest first. */
export function listConversations(
  db: Firestore,
  filter: ConversationFilter,
  limit: number,
  after?: Place,
): Promise<Page<Conversation>> {
  let query: Query = db.collection(COLLECTIONS.conversations);
  if (filter.participants) query = query.where("participants", "array-contains-any", [...filter.participants]);
  if (filter.userType) query = query.where("userType", "==", filter.userType);
  if (filter.channel) query = query.where("channel", "==", filter.channel);
  if (filter.status) query = query.where("status", "==", filter.status);
  return page<Conversation>(query, "lastMessageAt", limit, after);
}

/** Messages of a conversation, the latest first. */
export function listMessages(
  db: Firestore,
  conversationId: string,
  limit: number,
  after?: Place,
): Promise<Page<Message>> {
  const query = db.collection(COLLECTIONS.messages).where("conversationId", "==", conversationId);
  return page<Message>(query, "timestamp", limit, after);
}

export async function getConversation(db: Firestore, id: string): Promise<Conversation | undefined> {
  return (await db.collection(COLLECTIONS.conversations).doc(id).get()).data() as Conversation | undefined;
}

async function page<T>(query: Query, field: string, limit: number, after: Place | undefined): Promise<Page<T>> {
  let ordered = query.orderBy(field, "desc").orderBy(FieldPath.documentId(), "desc");
  if (after) ordered = ordered.startAfter(new Timestamp(after.seconds, after.nanoseconds), after.id);
  // One more than asked for tells whether there is a next page.
  const { docs } = await ordered.limit(limit + 1).get();
  const items = docs.slice(0, limit);
  const last = docs.length > limit ? items.at(-1) : undefined;
  const time: unknown = last?.get(field);
  const next =
    last && time instanceof Timestamp
      ? { seconds: time.seconds, nanoseconds: time.nanoseconds, id: last.id }
      : undefined;
  return { items: items.map((document) => document.data() as T), ...(next && { next }) };
}
