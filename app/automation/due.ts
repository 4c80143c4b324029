import {
  FieldPath,
  type Firestore,
  type Query,
  type QueryDocumentSnapshot,
  Timestamp,
  type Transaction,
} from "firebase-admin/firestore";
import { AUTOMATION_COLLECTIONS } from "./model.ts";
import type { DueQuery, TimeKind, Trigger } from "./trigger.ts";

/** Where a reading of due documents stands: the time field's value as it is stored, and the document's id. */
export interface Place {
  readonly value: Timestamp | string | number;
  readonly id: string;
}

/** Unix milliseconds; `to` is not included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Which of a trigger's two readings: what has just become due, or a second look at what came late. */
export type Reading = "due" | "review";

export interface Page {
  readonly documents: readonly QueryDocumentSnapshot[];
  /** To go on after this page; absent when the page was the last. */
  readonly next?: Place;
  /** Where this page ended. */
  readonly end?: Place;
}

/** Documents whose time lies in `span`, after `place`, the oldest first: at most `limit` reads, at least one. */
export async function readPage(
  db: Firestore,
  due: DueQuery,
  kind: TimeKind,
  span: Span,
  place: Place | undefined,
  limit: number,
): Promise<Page> {
  let query: Query = db.collection(due.collection);
  for (const [field, value] of Object.entries(due.where)) query = query.where(field, "==", value);
  query = query
    .where(due.timeField, ">=", bound(kind, span.from))
    .where(due.timeField, "<", bound(kind, span.to))
    .orderBy(due.timeField)
    .orderBy(FieldPath.documentId())
    .limit(limit);
  const { docs } = await (place ? query.startAfter(place.value, place.id) : query).get();
  const last = docs.at(-1);
  if (!last) return { documents: docs };
  const end: Place = { value: last.get(due.timeField), id: last.id };
  return docs.length < limit ? { documents: docs, end } : { documents: docs, end, next: end };
}

/** A range in Firestore compares only values of one type. */
function bound(kind: TimeKind, at: number): Timestamp | string | number {
  if (kind === "timestamp") return Timestamp.fromMillis(at);
  return kind === "text" ? new Date(at).toISOString() : at;
}

/** The places of one trigger, by reading and kind of time. */
export type Places = Partial<Record<`${Reading}_${TimeKind}`, Place>>;

function placesRef(db: Firestore, trigger: Trigger) {
  return db.collection(AUTOMATION_COLLECTIONS.cursors).doc(trigger.name);
}

export async function readPlaces(db: Firestore, trigger: Trigger): Promise<Places> {
  return ((await placesRef(db, trigger).get()).data() ?? {}) as Places;
}

/** Moves the place of the due documents on; never back, when two runs read side by side. */
export async function advancePlace(db: Firestore, trigger: Trigger, kind: TimeKind, place: Place): Promise<void> {
  const reference = placesRef(db, trigger);
  await db.runTransaction(async (transaction: Transaction) => {
    const before = ((await transaction.get(reference)).data() as Places | undefined)?.[`due_${kind}`];
    if (before && !isAfter(place, before)) return;
    transaction.set(reference, { [`due_${kind}`]: place }, { merge: true });
  });
}

/** The second look goes round and round: where it stands is a matter of taste, not of correctness. */
export async function setReviewPlace(
  db: Firestore,
  trigger: Trigger,
  kind: TimeKind,
  place: Place | null,
): Promise<void> {
  await placesRef(db, trigger).set({ [`review_${kind}`]: place }, { merge: true });
}

function isAfter(one: Place, other: Place): boolean {
  const [a, b] = [orderOf(one.value), orderOf(other.value)];
  return a === b ? one.id > other.id : a > b;
}

/** Timestamps give a text of fixed length that sorts as they do. */
function orderOf(value: Place["value"]): string | number {
  return value instanceof Timestamp ? value.valueOf() : value;
}
