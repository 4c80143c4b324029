import type { DocumentReference, DocumentSnapshot, Firestore, QueryDocumentSnapshot } from "firebase-admin/firestore";
import { conversationAt } from "../conversations/claim.ts";
import { COLLECTIONS } from "../conversations/model.ts";
import { phoneForms } from "../conversations/user-type.ts";
import type { Facts } from "./decide.ts";
import { conversationFacts, type UserFacts, userFacts } from "./facts.ts";
import { AUTOMATION_COLLECTIONS, type CustomerPause, type SendRow } from "./model.ts";
import { formsOf, type PhoneUsers, usersOfPhone } from "./phone-users.ts";
import type { Examined, Trigger } from "./trigger.ts";

/** The documents that one decision rests on, as they were read: what is written then holds only while they stay so. */
export interface Gathered {
  readonly entity: DocumentSnapshot;
  readonly related?: DocumentSnapshot;
  /** Of the customer's account, where there is or may be one. */
  readonly user?: DocumentSnapshot;
  readonly pause?: DocumentSnapshot;
  /** The case's own conversation and the user's others, the latest first. */
  readonly conversations: readonly DocumentSnapshot[];
  /** The user is who the channel or the platform vouches for, not only a number typed into a profile. */
  readonly proven: boolean;
  /** Somebody with this telephone number, or the same person in another place, wants no automations. */
  readonly optedOutElsewhere: boolean;
}

/** What a run has just read, for many sends at once. */
export interface Known {
  readonly entity?: QueryDocumentSnapshot;
  readonly phoneUsers?: () => Promise<PhoneUsers>;
}

/** A person writes in one or two channels; more are looked at no further. */
const MOST_CONVERSATIONS = 5;

/** Reads what a send is about. @param known what need not be read again */
export async function gather(
  db: Firestore,
  trigger: Trigger,
  row: SendRow,
  known: Known,
  now: number,
): Promise<Gathered> {
  const entity = known.entity ?? (await db.collection(row.collection).doc(row.entity).get());
  const data = entity.data();
  const nobody: Gathered = { entity, conversations: [], proven: false, optedOutElsewhere: false };
  if (!data) return nobody;
  const pointer = trigger.related?.(data);
  const related = pointer && (await db.collection(pointer.collection).doc(pointer.id).get());
  const base = { ...nobody, ...(related && { related }) };
  const examined = examine(trigger, row, base, now);
  if ("skip" in examined) return base;

  const { userId, conversationId } = examined.case;
  const own = conversationId === undefined ? [] : [await readOnce(conversationAt(db, conversationId), entity)];
  if (userId !== undefined) {
    const byEmail = trigger.channel === "email";
    const [optedOutElsewhere, links] = await Promise.all([
      byEmail && isOptedOutInChat(db, userId, examined.case.phone),
      ofUser(db, userId, entity, byEmail ? undefined : own),
    ]);
    return { ...base, ...links, optedOutElsewhere, proven: true };
  }
  const { only, optedOut } = await (known.phoneUsers?.() ?? usersOfPhone(db, formsOf(data)));
  const found = { ...base, conversations: own, optedOutElsewhere: optedOut };
  if (!only) return found;
  const proven = only.get("phoneVerified") === true;
  if (proven) return { ...found, ...(await ofUser(db, only.id, only, own)), proven };
  return { ...found, user: only, pause: await pauseAt(db, only.id).get() };
}

/** Who has ended automatic messages in a chat gets none by e-mail either. */
async function isOptedOutInChat(db: Firestore, userId: string, phone: string | undefined): Promise<boolean> {
  const forms = phoneForms(phone);
  const [own, fromNumber] = await Promise.all([
    recentOf(db, userId),
    forms.length === 0
      ? []
      : db
          .collection(COLLECTIONS.conversations)
          .where("contact.phone", "in", forms)
          .limit(MOST_CONVERSATIONS)
          .get()
          .then(({ docs }) => docs),
  ]);
  return [...own, ...fromNumber].some((one) => conversationFacts(one.id, one.data())?.optedOut);
}

/** What belongs to a user. @param known may be the user's own document · @param own absent: no chat comes into question */
async function ofUser(
  db: Firestore,
  userId: string,
  known: DocumentSnapshot,
  own: readonly DocumentSnapshot[] | undefined,
): Promise<Pick<Gathered, "user" | "pause" | "conversations">> {
  const [user, pause, conversations] = await Promise.all([
    readOnce(db.collection(COLLECTIONS.users).doc(userId), known),
    pauseAt(db, userId).get(),
    own ? conversationsOf(db, userId, own) : [],
  ]);
  return { user, pause, conversations };
}

/** Those that the case was made from stand as they were then: if they have changed since, the write will tell. */
async function conversationsOf(
  db: Firestore,
  userId: string,
  own: readonly DocumentSnapshot[],
): Promise<DocumentSnapshot[]> {
  const recent = await recentOf(db, userId);
  const all: DocumentSnapshot[] = [...own, ...recent.filter((one) => own.every(({ id }) => id !== one.id))];
  const webChat = conversationAt(db, `webchat_${userId}`);
  // Beyond the limit it would look as if there was none.
  if (recent.length === MOST_CONVERSATIONS && all.every(({ id }) => id !== webChat.id)) all.push(await webChat.get());
  return all;
}

async function recentOf(db: Firestore, userId: string): Promise<QueryDocumentSnapshot[]> {
  const conversations = db.collection(COLLECTIONS.conversations);
  const query = conversations.where("participants", "array-contains", userId).orderBy("lastMessageAt", "desc");
  return (await query.limit(MOST_CONVERSATIONS).get()).docs;
}

async function readOnce(reference: DocumentReference, known: DocumentSnapshot): Promise<DocumentSnapshot> {
  return known.ref.path === reference.path ? known : reference.get();
}

function pauseAt(db: Firestore, userId: string): DocumentReference {
  return db.collection(AUTOMATION_COLLECTIONS.customers).doc(userId);
}

/** What the documents say, for {@link Facts}. */
export function factsFrom(
  trigger: Trigger,
  row: SendRow,
  gathered: Gathered,
  now: number,
): Pick<Facts, "examined" | "user" | "conversations" | "lastForUser"> {
  const pause = gathered.pause?.data() as CustomerPause | undefined;
  return {
    examined: examine(trigger, row, gathered, now),
    user: userOf(gathered),
    conversations: gathered.conversations.flatMap((one) => conversationFacts(one.id, one.data()) ?? []),
    ...(pause && pause.sendId !== row.id && { lastForUser: pause.at.toMillis() }),
  };
}

function examine(trigger: Trigger, row: SendRow, { entity, related }: Gathered, now: number): Examined {
  const data = entity.data();
  if (!data) return { skip: "gone" };
  const look = { now, sendId: row.id, dueAt: row.dueAt.toMillis() };
  return trigger.examine({ id: row.entity, data, related: related?.data() }, look);
}

/** Of a user who is not proven to be this customer, only what keeps a message from being sent counts. */
function userOf({ user, proven, optedOutElsewhere }: Gathered): UserFacts | undefined {
  const data = user?.data();
  if (!user || !data) return optedOutElsewhere ? { optedOut: true } : undefined;
  const facts = userFacts(user.id, data);
  const optedOut = facts.optedOut || optedOutElsewhere;
  if (proven) return { ...facts, optedOut };
  return { optedOut, ...(facts.timeZone !== undefined && { timeZone: facts.timeZone }) };
}
