import type { DocumentData, DocumentReference, DocumentSnapshot, Firestore } from "firebase-admin/firestore";
import * as z from "zod";
import { COLLECTIONS } from "../conversations/model.ts";
import { phoneForms } from "../conversations/user-type.ts";
import type { Facts } from "./decide.ts";
import { conversationFacts, type UserFacts, userFacts } from "./facts.ts";
import { AUTOMATION_COLLECTIONS, type CustomerPause, type SendRow } from "./model.ts";
import type { Examined, Trigger } from "./trigger.ts";

/** The documents that one decision needs, to be read together in one transaction. */
export interface Located {
  readonly entity: DocumentReference;
  readonly related?: DocumentReference;
  readonly user?: DocumentReference;
  readonly pause?: DocumentReference;
  readonly conversations: readonly DocumentReference[];
  /** The user is who the channel or the platform vouches for, not only a number typed into a profile. */
  readonly proven: boolean;
  /** Somebody with this telephone number wants no automations. */
  readonly optedOutByPhone: boolean;
}

/** A person writes in one or two channels; more are looked at no further. */
const MOST_CONVERSATIONS = 5;

/**
 * Finds out which documents a send is about. @param known the entity, where it has just been read
 * @returns undefined when the entity is gone
 */
export async function locate(
  db: Firestore,
  trigger: Trigger,
  row: SendRow,
  known: DocumentData | undefined,
  now: number,
): Promise<Located> {
  const entity = db.collection(row.collection).doc(row.entity);
  const data = known ?? (await entity.get()).data();
  const nothing: Located = { entity, conversations: [], proven: false, optedOutByPhone: false };
  if (!data) return nothing;
  const pointer = trigger.related?.(data);
  const related = pointer && db.collection(pointer.collection).doc(pointer.id);
  const base = { ...nothing, ...(related && { related }) };
  const relatedData = related && (await related.get()).data();
  const look = { now, sendId: row.id, dueAt: row.dueAt.toMillis() };
  const examined = trigger.examine({ id: row.entity, data, related: relatedData }, look);
  if ("skip" in examined) return base;

  const { userId, conversationId } = examined.case;
  if (userId !== undefined) return { ...base, ...(await ofUser(db, trigger, userId, conversationId)), proven: true };
  if (conversationId === undefined) return base;
  const byPhone = await usersByPhone(db, data);
  const own = db.collection(COLLECTIONS.conversations).doc(conversationId);
  const only = byPhone.length === 1 ? byPhone[0] : undefined;
  const optedOutByPhone = byPhone.some((user) => userFacts(user.id, user.data()).optedOut);
  if (!only) return { ...base, conversations: [own], optedOutByPhone };
  const proven = only.get("phoneVerified") === true;
  const links = proven ? await ofUser(db, trigger, only.id, conversationId) : userLinks(db, only.id);
  return { ...base, conversations: [own], ...links, proven, optedOutByPhone };
}

function userLinks(db: Firestore, userId: string) {
  return {
    user: db.collection(COLLECTIONS.users).doc(userId),
    pause: db.collection(AUTOMATION_COLLECTIONS.customers).doc(userId),
  };
}

async function ofUser(db: Firestore, trigger: Trigger, userId: string, conversationId: string | undefined) {
  const conversations = db.collection(COLLECTIONS.conversations);
  const links = userLinks(db, userId);
  const own = conversationId === undefined ? [] : [conversationId];
  if (trigger.channel === "email") return { ...links, conversations: own.map((id) => conversations.doc(id)) };
  const found = await conversations
    .where("participants", "array-contains", userId)
    .orderBy("lastMessageAt", "desc")
    .limit(MOST_CONVERSATIONS)
    .select()
    .get();
  const ids = new Set([...own, ...found.docs.map(({ id }) => id), `webchat_${userId}`]);
  return { ...links, conversations: [...ids].map((id) => conversations.doc(id)) };
}

const phones = z.object({ contact: z.object({ phone: z.string() }) });

async function usersByPhone(db: Firestore, conversation: DocumentData) {
  const forms = phoneForms(phones.safeParse(conversation).data?.contact.phone);
  if (forms.length === 0) return [];
  return (await db.collection(COLLECTIONS.users).where("phone", "in", forms).limit(2).get()).docs;
}

/** Every document of a send, each once. */
export function referencesOf(located: Located): DocumentReference[] {
  const { entity, related, user, pause, conversations } = located;
  const all = [entity, related, user, pause, ...conversations].filter((one) => one !== undefined);
  return [...new Map(all.map((one) => [one.path, one])).values()];
}

export type Snapshots = ReadonlyMap<string, DocumentSnapshot>;

/** What the documents say, for {@link Facts}. */
export function factsFrom(
  trigger: Trigger,
  row: SendRow,
  located: Located,
  snapshots: Snapshots,
  now: number,
): Pick<Facts, "examined" | "user" | "conversations" | "lastForUser"> {
  const dataOf = (reference: DocumentReference | undefined) => reference && snapshots.get(reference.path)?.data();
  const pause = dataOf(located.pause) as CustomerPause | undefined;
  const foreignPause = pause && pause.sendId !== row.id ? pause.at.toMillis() : undefined;
  const conversations = located.conversations.flatMap(
    (reference) => conversationFacts(reference.id, dataOf(reference)) ?? [],
  );
  return {
    examined: examined(trigger, row, dataOf(located.entity), dataOf(located.related), now),
    user: userOf(located, dataOf(located.user)),
    conversations,
    ...(foreignPause !== undefined && { lastForUser: foreignPause }),
  };
}

function examined(
  trigger: Trigger,
  row: SendRow,
  data: DocumentData | undefined,
  related: DocumentData | undefined,
  now: number,
): Examined {
  if (!data) return { skip: "gone" };
  return trigger.examine({ id: row.entity, data, related }, { now, sendId: row.id, dueAt: row.dueAt.toMillis() });
}

/** Of a user who is not proven to be this customer, only what keeps a message from being sent counts. */
function userOf(located: Located, data: DocumentData | undefined): UserFacts | undefined {
  if (!located.user || !data) return located.optedOutByPhone ? { optedOut: true } : undefined;
  const user = userFacts(located.user.id, data);
  if (located.proven) return user;
  return {
    optedOut: user.optedOut || located.optedOutByPhone,
    ...(user.timeZone !== undefined && { timeZone: user.timeZone }),
  };
}
