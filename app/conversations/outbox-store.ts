import {
  type DocumentReference,
  type DocumentSnapshot,
  FieldValue,
  type Firestore,
  Timestamp,
  type WriteBatch,
} from "firebase-admin/firestore";
import type { SendResult } from "../channels/channel.ts";
import { type Attempt, untilUnchanged, updateSeen } from "./change.ts";
import { conversationAt } from "./claim.ts";
import { daysLater, LOG_DAYS, processedLog } from "./log-rows.ts";
import { COLLECTIONS, type Conversation, type Message, type OutboxRow } from "./model.ts";
import { decideOutcome, decideSend, type FailureKind, messageFields, type Outcome } from "./outbox.ts";
import type { Beginning, OutboxStore, Recorded } from "./ports.ts";

/** The outbox in Firestore. @param now Unix milliseconds */
export function createOutboxStore(db: Firestore, now: () => number): OutboxStore {
  return {
    begin: (id) => untilUnchanged(() => begin(db, id, now())),
    record: (row, result) => untilUnchanged(() => record(db, row, result, now())),
  };
}

/** An outbox row and its message as they were read, and the batch that holds only while they stay so. */
interface Seen {
  readonly db: Firestore;
  readonly row: OutboxRow;
  readonly message: Message | undefined;
  readonly rowSnapshot: DocumentSnapshot<OutboxRow>;
  readonly messageSnapshot: DocumentSnapshot<Message>;
  readonly batch: WriteBatch;
  readonly now: number;
}

async function see(db: Firestore, id: string, now: number): Promise<Seen | undefined> {
  const at = <T>(collection: string) => db.collection(collection).doc(id) as DocumentReference<T>;
  const [rowSnapshot, messageSnapshot] = await Promise.all([
    at<OutboxRow>(COLLECTIONS.outbox).get(),
    at<Message>(COLLECTIONS.messages).get(),
  ]);
  const row = rowSnapshot.data();
  if (!row) return undefined;
  return { db, row, message: messageSnapshot.data(), rowSnapshot, messageSnapshot, batch: db.batch(), now };
}

async function begin(db: Firestore, id: string, now: number): Promise<Attempt<Beginning>> {
  const seen = await see(db, id, now);
  if (!seen) return { result: { action: "done", status: "failed" } };
  const { row, message, batch } = seen;
  // Only the bot has to know whether a person has taken over.
  const owner = row.author === "bot" ? await conversationAt(db, row.conversationId).get() : undefined;
  const decision = decideSend(row, message, owner?.data(), now);
  switch (decision.action) {
    case "wait":
      return { result: { action: "wait", until: decision.until } };
    case "none":
      return { result: { action: "done", status: row.status === "sent" ? "sent" : "failed" } };
    case "settle":
      writeSent(seen, message?.providerId);
      return { result: { action: "done", status: "sent" }, batch };
    case "fail":
      writeFailure(seen, { kind: decision.failure, code: 0, words: "" });
      return { result: { action: "done", status: "failed" }, batch };
    case "send":
      if (owner?.exists) holdMode(batch, owner);
      return { result: { action: "send", row: writeSending(seen, decision.unsure) }, batch };
  }
}

/** Writes the mode that is there: nothing changes, but the batch fails if somebody has taken over meanwhile. */
function holdMode(batch: WriteBatch, owner: DocumentSnapshot<Conversation>): void {
  updateSeen(batch, owner, { mode: owner.get("mode") ?? FieldValue.delete() });
}

function writeSending({ row, rowSnapshot, message, messageSnapshot, batch, now }: Seen, unsure: number): OutboxRow {
  const fields = {
    status: "sending",
    attempts: row.attempts + 1,
    unsure,
    sendingAt: at(now),
    nextAttemptAt: null,
    updatedAt: at(now),
  } as const;
  updateSeen(batch, rowSnapshot, fields);
  if (message) updateSeen(batch, messageSnapshot, messageFields(message, "sending"));
  return { ...row, ...fields };
}

async function record(db: Firestore, mine: OutboxRow, result: SendResult, now: number): Promise<Attempt<Recorded>> {
  const seen = await see(db, mine.id, now);
  if (!seen) return { result: { status: "failed" } };
  const { row, batch } = seen;
  // Another run has moved the row on. That ours left is a fact all the same; that it did not is no longer news.
  const overtaken = row.status !== "sending" || row.attempts !== mine.attempts;
  if (overtaken && (row.status === "sent" || !result.ok)) return { result: { status: row.status } };
  return { result: writeOutcome(seen, decideOutcome(row.attempts, result, now), result), batch };
}

function writeOutcome(seen: Seen, outcome: Outcome, result: SendResult): Recorded {
  const { rowSnapshot, message, messageSnapshot, batch, now } = seen;
  switch (outcome.row) {
    case "sent":
      writeSent(seen, outcome.providerId);
      return { status: "sent" };
    case "failed": {
      const words = result.ok ? "" : result.message;
      writeFailure(seen, { kind: outcome.failure, code: result.ok ? 0 : result.code, words });
      return { status: "failed", failure: outcome.failure };
    }
    case "sending":
      updateSeen(batch, rowSnapshot, { nextAttemptAt: at(outcome.nextAttemptAt), updatedAt: at(now) });
      return { status: "sending", until: outcome.nextAttemptAt };
    case "pending": {
      const nextAttemptAt = at(outcome.nextAttemptAt);
      updateSeen(batch, rowSnapshot, { status: "pending", nextAttemptAt, updatedAt: at(now) });
      if (message) updateSeen(batch, messageSnapshot, messageFields(message, "pending"));
      return { status: "pending", until: outcome.nextAttemptAt };
    }
  }
}

function writeSent(seen: Seen, providerId: string | undefined): void {
  const { rowSnapshot, message, messageSnapshot, batch, now } = seen;
  const id = providerId === undefined ? {} : { providerId };
  updateSeen(batch, rowSnapshot, { ...finished("sent", now), ...id });
  if (message) updateSeen(batch, messageSnapshot, { ...messageFields(message, "sent"), ...id });
  writeProcessed(seen, undefined);
}

interface Failure {
  readonly kind: FailureKind;
  readonly code: number;
  /** The provider's own. */
  readonly words: string;
}

function writeFailure(seen: Seen, failure: Failure): void {
  const { db, row, rowSnapshot, message, messageSnapshot, batch, now } = seen;
  const error = { failure: failure.kind, code: failure.code, message: failure.words };
  updateSeen(batch, rowSnapshot, { ...finished("failed", now), error });
  if (message) updateSeen(batch, messageSnapshot, messageFields(message, "failed", failure));
  // An automation has other ways, and asks for a person itself when none is left.
  if (row.author === "bot" && failure.kind !== "superseded" && row.automation === undefined) {
    batch.update(conversationAt(db, row.conversationId), { needsPerson: true });
  }
  writeProcessed(seen, failure.kind);
}

/** The id makes a repetition harmless. */
function writeProcessed({ db, row, batch, now }: Seen, failure: FailureKind | undefined): void {
  const log = processedLog(row, failure, now);
  if (log) batch.set(db.collection(COLLECTIONS.omniLogs).doc(row.id), log);
}

function finished(status: "sent" | "failed", now: number) {
  return { status, updatedAt: at(now), expireAt: daysLater(now, LOG_DAYS.outbox) };
}

function at(milliseconds: number): Timestamp {
  return Timestamp.fromMillis(milliseconds);
}
