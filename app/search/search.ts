import { FieldPath, type Firestore } from "firebase-admin/firestore";
import { COLLECTIONS, type Conversation, type Message } from "../conversations/model.ts";
import { rarest, searchWords } from "./words.ts";

/** A conversation, and why it is there. */
export interface Found {
  readonly conversation: Conversation;
  /** The newest message that holds all the words; absent where the person was found. */
  readonly message?: Message;
}

/** Where to stop looking: what is common is found in what is newest. */
const LOOKED_THROUGH = 100;
/** Fewer digits are in every number. */
const SHORTEST_PHONE = 4;
/** A number is often written as one dials it at home; the specification's market is Brazil. */
const HOME_COUNTRY = "55";
/** After every digit, before every letter. */
const AFTER_DIGITS = ":";

/**
 * Conversations by the person's name (from the beginning of each word), their number (from its beginning, with or without
 * the country) or the whole words of a message. Persons first, then messages, the newest first.
 *
 * @param sought what somebody typed @param limit how many at most
 */
export async function searchConversations(db: Firestore, sought: string, limit: number): Promise<readonly Found[]> {
  const words = searchWords(sought);
  const [named, numbered, said] = await Promise.all([byName(db, words), byNumber(db, sought), bySaid(db, words)]);
  const persons = new Map([...numbered, ...named.toSorted(newestFirst)].map((one) => [one.id, one]));
  const messages = new Map<string, Message>();
  for (const message of said) {
    const known = persons.has(message.conversationId) || messages.has(message.conversationId);
    if (!known && persons.size + messages.size < limit) messages.set(message.conversationId, message);
  }
  const holders = await conversationsOf(db, [...messages.keys()]);
  return [
    ...[...persons.values()].map((conversation) => ({ conversation })),
    ...holders.map((conversation) => ({ conversation, ...withMessage(messages.get(conversation.id)) })),
  ].slice(0, limit);
}

function withMessage(message: Message | undefined): { message?: Message } {
  return message === undefined ? {} : { message };
}

async function byName(db: Firestore, words: readonly string[]): Promise<readonly Conversation[]> {
  const key = rarest(words);
  if (key === undefined) return [];
  const found = await db
    .collection(COLLECTIONS.conversations)
    .where("contact.words", "array-contains", key)
    .limit(LOOKED_THROUGH)
    .get();
  return found.docs
    .map((document) => document.data() as Conversation)
    .filter(({ contact }) => holdsAll(contact?.words ?? [], words));
}

/** WhatsApp's conversations carry their number in their id. */
async function byNumber(db: Firestore, sought: string): Promise<readonly Conversation[]> {
  const digits = sought.replace(/\D/g, "");
  if (digits.length < SHORTEST_PHONE || !/^[\d\s()+.-]+$/.test(sought)) return [];
  const beginnings = [digits, `${HOME_COUNTRY}${digits}`];
  const pages = await Promise.all(
    beginnings.map((beginning) =>
      db
        .collection(COLLECTIONS.conversations)
        .orderBy(FieldPath.documentId())
        .startAt(`whatsapp_${beginning}`)
        .endBefore(`whatsapp_${beginning}${AFTER_DIGITS}`)
        .limit(LOOKED_THROUGH)
        .get(),
    ),
  );
  return pages.flatMap(({ docs }) => docs.map((document) => document.data() as Conversation));
}

async function bySaid(db: Firestore, words: readonly string[]): Promise<readonly Message[]> {
  const key = rarest(words);
  if (key === undefined) return [];
  const found = await db
    .collection(COLLECTIONS.messages)
    .where("words", "array-contains", key)
    .orderBy("timestamp", "desc")
    .limit(LOOKED_THROUGH)
    .get();
  return found.docs
    .map((document) => document.data() as Message)
    .filter((message) => holdsAll(message.words ?? [], words));
}

function holdsAll(known: readonly string[], words: readonly string[]): boolean {
  return words.every((word) => known.includes(word));
}

/** In the order asked for. */
async function conversationsOf(db: Firestore, ids: readonly string[]): Promise<readonly Conversation[]> {
  if (ids.length === 0) return [];
  const collection = db.collection(COLLECTIONS.conversations);
  const documents = await db.getAll(...ids.map((id) => collection.doc(id)));
  return documents.flatMap((document) => (document.exists ? [document.data() as Conversation] : []));
}

function newestFirst(one: Conversation, other: Conversation): number {
  return other.lastMessageAt.toMillis() - one.lastMessageAt.toMillis();
}
