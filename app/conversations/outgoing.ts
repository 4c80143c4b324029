import {
  type DocumentReference,
  FieldValue,
  type Firestore,
  Timestamp,
  type WriteBatch,
} from "firebase-admin/firestore";
import { updateSeen } from "./change.ts";
import { COLLECTIONS, type Conversation, type Message, type OutboxRow } from "./model.ts";
import type { Recent, Seen } from "./recent.ts";

/** A message and its outbox row: they share an id, and change together. */
export interface Outgoing {
  readonly row: OutboxRow;
  readonly message: Message;
}

/** What a row holds from the moment on at which its message may leave. */
export function sendingFields({ attempts }: Pick<OutboxRow, "attempts">, unsure: number, now: number) {
  return {
    status: "sending",
    attempts: attempts + 1,
    unsure,
    sendingAt: Timestamp.fromMillis(now),
    nextAttemptAt: null,
    updatedAt: Timestamp.fromMillis(now),
  } as const;
}

/**
 * As both are written where what decides on the message also sends it: nobody takes it over before its send has had its
 * time, and dying before the send is dying in the middle of it.
 */
export function asSending({ row, message }: Outgoing, now: number): Outgoing {
  return { row: { ...row, ...sendingFields(row, 0, now) }, message: { ...message, status: "sending" } };
}

export function createOutgoing(db: Firestore, batch: WriteBatch, { row, message }: Outgoing): void {
  batch.create(messageAt(db, row.id), message);
  batch.create(rowAt(db, row.id), row);
}

/** For the record of the send. @param version what the batch that created both came to */
export function keepOutgoing(db: Firestore, recent: Recent, { row, message }: Outgoing, version: Timestamp): void {
  recent.keep(messageAt(db, row.id), message, version);
  recent.keep(rowAt(db, row.id), row, version);
}

/** Writes the mode that is there: nothing changes, but the batch fails if somebody has taken over meanwhile. */
export function holdMode(batch: WriteBatch, owner: Seen<Conversation>): void {
  updateSeen(batch, owner, { mode: owner.data()?.mode ?? FieldValue.delete() });
}

export function rowAt(db: Firestore, id: string): DocumentReference<OutboxRow> {
  return db.collection(COLLECTIONS.outbox).doc(id) as DocumentReference<OutboxRow>;
}

export function messageAt(db: Firestore, id: string): DocumentReference<Message> {
  return db.collection(COLLECTIONS.messages).doc(id) as DocumentReference<Message>;
}
