import { type DocumentReference, type Firestore, Timestamp, type Transaction } from "firebase-admin/firestore";
import type { SendResult } from "../channels/channel.ts";
import { daysLater, omniLog } from "./log-rows.ts";
import { COLLECTIONS, type Conversation, LOG_DAYS, type Message, type OutboxRow } from "./model.ts";
import { decideOutcome, decideSend, type FailureKind, messageFields, PROOF_MS } from "./outbox.ts";
import type { Beginning, OutboxStore, Recorded } from "./ports.ts";

/** The outbox in Firestore. @param now Unix milliseconds */
export function createOutboxStore(db: Firestore, now: () => number): OutboxStore {
  return {
    begin: (id) => db.runTransaction((transaction) => begin(db, transaction, id, now())),
    record: (row, result) => db.runTransaction((transaction) => record(db, transaction, row, result, now())),
  };
}

interface Rows {
  readonly row: DocumentReference;
  readonly message: DocumentReference;
}

function rowsOf(db: Firestore, id: string): Rows {
  return { row: db.collection(COLLECTIONS.outbox).doc(id), message: db.collection(COLLECTIONS.messages).doc(id) };
}

async function begin(db: Firestore, transaction: Transaction, id: string, now: number): Promise<Beginning> {
  const rows = rowsOf(db, id);
  const [rowSnapshot, messageSnapshot] = await transaction.getAll(rows.row, rows.message);
  const row = rowSnapshot?.data() as OutboxRow | undefined;
  const message = messageSnapshot?.data() as Message | undefined;
  if (!row) return { action: "done", status: "failed" };
  const owner = db.collection(COLLECTIONS.conversations).doc(row.conversationId);
  const conversation =
    row.author === "bot" ? ((await transaction.get(owner)).data() as Conversation | undefined) : undefined;

  const decision = decideSend(row, message, conversation, now);
  if (decision.action === "wait") return { action: "wait", until: decision.until };
  if (decision.action === "none") return { action: "done", status: row.status === "sent" ? "sent" : "failed" };
  if (decision.action === "settle") {
    const providerId = message?.providerId;
    transaction.update(rows.row, { ...finished("sent", now), ...(providerId && { providerId }) });
    writeProcessed(db, transaction, row, undefined, now);
    return { action: "done", status: "sent" };
  }
  if (decision.action === "fail") {
    writeFailure(db, transaction, row, message, { kind: decision.failure, code: 0, words: "" }, now);
    return { action: "done", status: "failed" };
  }
  const sending: OutboxRow = {
    ...row,
    status: "sending",
    attempts: row.attempts + 1,
    unsure: decision.unsure,
    sendingAt: at(now),
    nextAttemptAt: null,
    updatedAt: at(now),
  };
  transaction.set(rows.row, sending);
  if (message) transaction.update(rows.message, messageFields(message, "sending"));
  return { action: "send", row: sending };
}

async function record(
  db: Firestore,
  transaction: Transaction,
  mine: OutboxRow,
  result: SendResult,
  now: number,
): Promise<Recorded> {
  const rows = rowsOf(db, mine.id);
  const [rowSnapshot, messageSnapshot] = await transaction.getAll(rows.row, rows.message);
  const row = rowSnapshot?.data() as OutboxRow | undefined;
  const message = messageSnapshot?.data() as Message | undefined;
  if (!row) return { status: "failed" };
  // Another run has moved the row on. That ours left is a fact all the same; that it did not is no longer news.
  const overtaken = row.status !== "sending" || row.attempts !== mine.attempts;
  if (overtaken && (row.status === "sent" || !result.ok)) return { status: row.status };

  const outcome = decideOutcome(row.attempts, result, now);
  if (outcome.row === "sent") {
    transaction.update(rows.row, { ...finished("sent", now), providerId: outcome.providerId });
    if (message)
      transaction.update(rows.message, { ...messageFields(message, "sent"), providerId: outcome.providerId });
    writeProcessed(db, transaction, row, undefined, now);
    return { status: "sent" };
  }
  if (outcome.row === "failed") {
    const words = result.ok ? "" : result.message;
    const code = result.ok ? 0 : result.code;
    writeFailure(db, transaction, row, message, { kind: outcome.failure, code, words }, now);
    return { status: "failed", failure: outcome.failure };
  }
  if (outcome.row === "sending") {
    transaction.update(rows.row, { sendingAt: at(now), updatedAt: at(now) });
    return { status: "sending", until: now + PROOF_MS };
  }
  const nextAttemptAt = at(outcome.nextAttemptAt);
  transaction.update(rows.row, { status: "pending", nextAttemptAt, updatedAt: at(now) });
  if (message) transaction.update(rows.message, messageFields(message, "pending"));
  return { status: "pending", until: outcome.nextAttemptAt };
}

interface Failure {
  readonly kind: FailureKind;
  readonly code: number;
  /** The provider's own. */
  readonly words: string;
}

function writeFailure(
  db: Firestore,
  transaction: Transaction,
  row: OutboxRow,
  message: Message | undefined,
  failure: Failure,
  now: number,
): void {
  const rows = rowsOf(db, row.id);
  const error = { failure: failure.kind, code: failure.code, message: failure.words };
  transaction.update(rows.row, { ...finished("failed", now), error });
  if (message) transaction.update(rows.message, messageFields(message, "failed", failure));
  // An automation has other ways, and asks for a person itself when none is left.
  if (row.author === "bot" && failure.kind !== "superseded" && row.automation === undefined) {
    transaction.update(db.collection(COLLECTIONS.conversations).doc(row.conversationId), { needsPerson: true });
  }
  writeProcessed(db, transaction, row, failure.kind, now);
}

/** The burst that a bot's row answers is processed once its send is decided. The id makes a repetition harmless. */
function writeProcessed(
  db: Firestore,
  transaction: Transaction,
  row: OutboxRow,
  failure: FailureKind | undefined,
  now: number,
): void {
  if (row.author !== "bot") return;
  if (row.automation !== undefined) {
    const news = { type: `automation_${row.automation}`, success: failure === undefined, messageId: row.id };
    const known = { ...row, userType: row.userType ?? "cliente" };
    const log = omniLog(known, { ...news, ...(failure !== undefined && { error: failure }) }, now);
    transaction.set(db.collection(COLLECTIONS.omniLogs).doc(row.id), log);
    return;
  }
  const answered = row.outcome === "reply" || row.outcome === "handoff";
  const error = failure ?? (answered ? undefined : row.outcome);
  const subject = { ...row, userType: row.userType ?? "cliente" };
  const news = {
    type: "message_processed",
    success: error === undefined,
    messageId: row.id,
    ...(error !== undefined && { error }),
    ...(row.outcome !== undefined && { outcome: row.outcome }),
  };
  transaction.set(db.collection(COLLECTIONS.omniLogs).doc(row.id), omniLog(subject, news, now));
}

function finished(status: "sent" | "failed", now: number) {
  return { status, updatedAt: at(now), expireAt: daysLater(now, LOG_DAYS.outbox) };
}

function at(milliseconds: number): Timestamp {
  return Timestamp.fromMillis(milliseconds);
}
