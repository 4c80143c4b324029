import type { Firestore, Query } from "firebase-admin/firestore";
import { type Bucket, folderOf } from "../attachments/index.ts";
import { COLLECTIONS, type Conversation } from "../conversations/model.ts";
import { DESK_COLLECTIONS } from "../desk/index.ts";

/**
 * All that is kept of one person: what may be handed to them, and what is removed when they ask for it. The platform's
 * own collections (users, proposals, escrows …) are not ours to change.
 */

/** By `conversationId`; the conversations themselves come last, so that a removal that was cut off can be done again. */
const BESIDE = [
  COLLECTIONS.messages,
  COLLECTIONS.outbox,
  COLLECTIONS.omniLogs,
  COLLECTIONS.iaLogs,
  DESK_COLLECTIONS.notes,
  DESK_COLLECTIONS.presence,
  DESK_COLLECTIONS.scheduled,
  COLLECTIONS.tasks,
] as const;
/** What a person is shown of what is kept about them: not the machinery around it. */
const HANDED_OUT = [COLLECTIONS.messages, DESK_COLLECTIONS.notes, DESK_COLLECTIONS.scheduled] as const;

/** Firestore's batches take 500 writes. */
const BATCH = 400;

/** The person's conversations over all channels, and how much else there is. */
export interface PersonData {
  readonly conversations: readonly string[];
  /** Documents by collection. */
  readonly counts: Readonly<Record<string, number>>;
}

/** @returns undefined when there is no such conversation */
export async function personBehind(db: Firestore, conversationId: string): Promise<PersonData | undefined> {
  const conversations = await conversationsOf(db, conversationId);
  if (conversations === undefined) return undefined;
  const counted = BESIDE.map(async (collection) => {
    const counts = await Promise.all(
      conversations.map(async (id) => (await beside(db, collection, id).count().get()).data().count),
    );
    return [collection, counts.reduce((sum, count) => sum + count, 0)] as const;
  });
  const counts = {
    [COLLECTIONS.conversations]: conversations.length,
    ...Object.fromEntries(await Promise.all(counted)),
  };
  return { conversations, counts };
}

/** The conversation itself, and the others of the same user or number. */
async function conversationsOf(db: Firestore, conversationId: string): Promise<string[] | undefined> {
  const all = db.collection(COLLECTIONS.conversations);
  const asked = (await all.doc(conversationId).get()).data() as Conversation | undefined;
  if (asked === undefined) return undefined;
  const { userId, phone } = asked.contact ?? {};
  const others = await Promise.all([
    ...(userId === undefined ? [] : [all.where("contact.userId", "==", userId).get()]),
    ...(phone === undefined ? [] : [all.where("contact.phone", "==", phone).get()]),
  ]);
  return [...new Set([conversationId, ...others.flatMap((found) => found.docs.map((document) => document.id))])];
}

function beside(db: Firestore, collection: string, conversationId: string): Query {
  return db.collection(collection).where("conversationId", "==", conversationId);
}

/** A line of the export: one document, as it is kept. */
export interface ExportedDocument {
  readonly collection: string;
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Everything that is handed to a person who asks for it, document by document: never all in memory at once. */
export async function* exportPerson(db: Firestore, { conversations }: PersonData): AsyncGenerator<ExportedDocument> {
  for (const id of conversations) {
    const conversation = await db.collection(COLLECTIONS.conversations).doc(id).get();
    const data = conversation.data();
    if (data !== undefined) yield { collection: COLLECTIONS.conversations, id, data };
    for (const collection of HANDED_OUT) {
      for await (const document of documentsOf(beside(db, collection, id))) yield { collection, ...document };
    }
  }
}

async function* documentsOf(query: Query): AsyncGenerator<Omit<ExportedDocument, "collection">> {
  let last: FirebaseFirestore.QueryDocumentSnapshot | undefined;
  for (;;) {
    const ordered = query.orderBy("__name__").limit(BATCH);
    const page = await (last === undefined ? ordered : ordered.startAfter(last)).get();
    for (const document of page.docs) yield { id: document.id, data: document.data() };
    last = page.docs.at(-1);
    if (page.size < BATCH) return;
  }
}

/** Removes it all, files first. Safe to be cut off and done again. @returns documents removed, by collection */
export async function erasePerson(
  db: Firestore,
  bucket: Bucket,
  { conversations }: PersonData,
): Promise<Record<string, number>> {
  const removed: Record<string, number> = {};
  for (const id of conversations) {
    for (const collection of BESIDE) {
      const count = await removeAll(db, bucket, collection, id);
      removed[collection] = (removed[collection] ?? 0) + count;
    }
    await db.collection(COLLECTIONS.conversations).doc(id).delete();
  }
  return { ...removed, [COLLECTIONS.conversations]: conversations.length };
}

async function removeAll(db: Firestore, bucket: Bucket, collection: string, id: string): Promise<number> {
  let removed = 0;
  for (;;) {
    const page = await beside(db, collection, id).limit(BATCH).get();
    if (page.empty) return removed;
    if (collection === COLLECTIONS.messages) {
      const withFiles = page.docs.filter((document) => (document.get("attachments") ?? []).length > 0);
      await Promise.all(withFiles.map((document) => bucket.removeAll(folderOf(document.id))));
    }
    const batch = db.batch();
    for (const document of page.docs) batch.delete(document.ref);
    await batch.commit();
    removed += page.size;
  }
}
