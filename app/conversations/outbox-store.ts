import { type Firestore, Timestamp, type WriteBatch, type WriteResult } from "firebase-admin/firestore";
import type { SendResult } from "../channels/channel.ts";
import { type Attempt, untilUnchanged, updateSeen } from "./change.ts";
import { conversationAt } from "./claim.ts";
import { daysLater, LOG_DAYS, processedLog } from "./log-rows.ts";
import { COLLECTIONS, type Conversation, type Message, type OutboxRow } from "./model.ts";
import { decideOutcome, decideSend, type FailureKind, messageFields, type Outcome } from "./outbox.ts";
import { holdMode, messageAt, rowAt, sendingFields } from "./outgoing.ts";
import type { Beginning, OutboxStore, Recorded } from "./ports.ts";
import { Recent, type Seen } from "./recent.ts";

/** The outbox in Firestore. @param now Unix milliseconds */
export function createOutboxStore(db: Firestore, now: () => number): OutboxStore {
  return {
    begin: (id, recent = new Recent()) => untilUnchanged(() => begin(db, id, now(), recent)),
    record: (row, result, recent = new Recent()) => untilUnchanged(() => record(db, row, result, now(), recent)),
  };
}

/** An outbox row and its message as they were seen, and the batch that holds only while they stay so. */
interface Scene {
  readonly db: Firestore;
  readonly row: OutboxRow;
  readonly message: Message | undefined;
  readonly seenRow: Seen<OutboxRow>;
  readonly seenMessage: Seen<Message>;
  readonly batch: WriteBatch;
  readonly now: number;
}

async function look(db: Firestore, id: string, now: number, recent: Recent): Promise<Scene | undefined> {
  const [seenRow, seenMessage] = await Promise.all([recent.look(rowAt(db, id)), recent.look(messageAt(db, id))]);
  const row = seenRow.data();
  if (!row) return undefined;
  return { db, row, message: seenMessage.data(), seenRow, seenMessage, batch: db.batch(), now };
}

async function begin(db: Firestore, id: string, now: number, recent: Recent): Promise<Attempt<Beginning>> {
  const scene = await look(db, id, now, recent);
  if (!scene) return { result: { action: "done", status: "failed" } };
  const { row, message, batch } = scene;
  // Only the bot has to know whether a person has taken over.
  const owner = row.author === "bot" ? await recent.look(conversationAt(db, row.conversationId)) : undefined;
  const decision = decideSend(row, message, owner?.data(), now);
  switch (decision.action) {
    case "wait":
      return { result: { action: "wait", until: decision.until } };
    case "none":
      return { result: { action: "done", status: row.status === "sent" ? "sent" : "failed" } };
    case "settle":
      writeSent(scene, message?.providerId);
      return { result: { action: "done", status: "sent" }, batch };
    case "fail":
      return givenUp(scene, decision.failure);
    case "send": {
      if (await wasTakenBack(db, row, owner?.data())) return givenUp(scene, "taken_back");
      const sending = writeSending(scene, decision.unsure);
      if (owner?.exists) holdMode(batch, owner);
      const written = (results: readonly WriteResult[]) => keepSent(recent, scene, sending, owner, results);
      return { result: { action: "send", row: sending.row }, batch, written };
    }
  }
}

/** Fails before it was sent: no channel has refused it. */
function givenUp(scene: Scene, kind: FailureKind): Attempt<Beginning> {
  writeFailure(scene, { kind, code: 0, words: "" });
  return { result: { action: "done", status: "failed" }, batch: scene.batch };
}

/** Whether nothing is left of what it answers. One that is unsent later writes on the conversation, which is held. */
async function wasTakenBack(db: Firestore, { answers = [] }: OutboxRow, owner?: Conversation): Promise<boolean> {
  if (answers.length === 0 || owner?.takenBackAt === undefined) return false;
  const asked = await Promise.all(answers.map((id) => messageAt(db, id).get()));
  return asked.every((message) => message.data()?.deletedAt !== undefined);
}

interface Sending {
  readonly row: OutboxRow;
  readonly message: Message | undefined;
}

function writeSending({ row, seenRow, message, seenMessage, batch, now }: Scene, unsure: number): Sending {
  const fields = sendingFields(row, unsure, now);
  updateSeen(batch, seenRow, fields);
  const mirrored = message && messageFields(message, "sending");
  if (mirrored) updateSeen(batch, seenMessage, mirrored);
  return { row: { ...row, ...fields }, message: message && { ...message, ...mirrored } };
}

/** For {@link record}, and for whoever lets go of the conversation. The results stand in the order of the writes. */
function keepSent(
  recent: Recent,
  { seenRow, seenMessage }: Scene,
  { row, message }: Sending,
  owner: Seen<Conversation> | undefined,
  results: readonly WriteResult[],
): void {
  const [ofRow, ...others] = results;
  if (ofRow) recent.keep(seenRow.ref, row, ofRow.writeTime);
  const ofMessage = message && others.shift();
  if (ofMessage) recent.keep(seenMessage.ref, message, ofMessage.writeTime);
  const conversation = owner?.data();
  const [ofOwner] = others;
  if (owner && conversation && ofOwner) recent.keep(owner.ref, conversation, ofOwner.writeTime);
}

async function record(
  db: Firestore,
  mine: OutboxRow,
  result: SendResult,
  now: number,
  recent: Recent,
): Promise<Attempt<Recorded>> {
  const scene = await look(db, mine.id, now, recent);
  if (!scene) return { result: { status: "failed" } };
  const { row, batch } = scene;
  // Another run has moved the row on. That ours left is a fact all the same; that it did not is no longer news.
  const overtaken = row.status !== "sending" || row.attempts !== mine.attempts;
  if (overtaken && (row.status === "sent" || !result.ok)) return { result: { status: row.status } };
  return { result: writeOutcome(scene, decideOutcome(row, result, now), result), batch };
}

function writeOutcome(scene: Scene, outcome: Outcome, result: SendResult): Recorded {
  const { seenRow, message, seenMessage, batch, now } = scene;
  switch (outcome.row) {
    case "sent":
      writeSent(scene, outcome.providerId);
      return { status: "sent" };
    case "failed": {
      const words = result.ok ? "" : result.message;
      writeFailure(scene, { kind: outcome.failure, code: result.ok ? 0 : result.code, words });
      return { status: "failed", failure: outcome.failure };
    }
    case "sending":
      updateSeen(batch, seenRow, { nextAttemptAt: at(outcome.nextAttemptAt), updatedAt: at(now) });
      return { status: "sending", until: outcome.nextAttemptAt };
    case "pending": {
      const nextAttemptAt = at(outcome.nextAttemptAt);
      const again = outcome.triedAgain && { triedAgain: true };
      updateSeen(batch, seenRow, { status: "pending", nextAttemptAt, updatedAt: at(now), ...again });
      if (message) updateSeen(batch, seenMessage, messageFields(message, "pending"));
      return { status: "pending", until: outcome.nextAttemptAt };
    }
  }
}

function writeSent(scene: Scene, providerId: string | undefined): void {
  const { seenRow, message, seenMessage, batch, now } = scene;
  const id = providerId === undefined ? {} : { providerId };
  updateSeen(batch, seenRow, { ...finished("sent", now), ...id });
  if (message) updateSeen(batch, seenMessage, { ...messageFields(message, "sent"), ...id });
  writeProcessed(scene, undefined);
}

/** A person has it already, or nothing is left to answer. */
const NOBODY_ASKED: ReadonlySet<FailureKind> = new Set(["superseded", "taken_back"]);

interface Failure {
  readonly kind: FailureKind;
  readonly code: number;
  /** The provider's own. */
  readonly words: string;
}

function writeFailure(scene: Scene, failure: Failure): void {
  const { db, row, seenRow, message, seenMessage, batch, now } = scene;
  const error = { failure: failure.kind, code: failure.code, message: failure.words };
  updateSeen(batch, seenRow, { ...finished("failed", now), error });
  if (message) updateSeen(batch, seenMessage, messageFields(message, "failed", failure));
  // An automation has other ways, and asks for a person itself when none is left.
  if (row.author === "bot" && !NOBODY_ASKED.has(failure.kind) && row.automation === undefined) {
    batch.update(conversationAt(db, row.conversationId), { needsPerson: true });
  }
  writeProcessed(scene, failure.kind);
}

/** The id makes a repetition harmless. */
function writeProcessed({ db, row, batch, now }: Scene, failure: FailureKind | undefined): void {
  const log = processedLog(row, failure, now);
  if (log) batch.set(db.collection(COLLECTIONS.omniLogs).doc(row.id), log);
}

function finished(status: "sent" | "failed", now: number) {
  return { status, updatedAt: at(now), expireAt: daysLater(now, LOG_DAYS.outbox) };
}

function at(milliseconds: number): Timestamp {
  return Timestamp.fromMillis(milliseconds);
}
