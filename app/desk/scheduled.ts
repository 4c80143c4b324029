import { type DocumentReference, type Firestore, Timestamp } from "firebase-admin/firestore";
import { changeDocument } from "../conversations/change.ts";
import { conversationAt } from "../conversations/claim.ts";
import { type ManualDeps, type ManualResult, sendManualMessage } from "../conversations/manual-message.ts";
import { DESK_COLLECTIONS, type ScheduledMessage } from "./model.ts";
import { deskId } from "./notes.ts";

export interface NewScheduled {
  readonly conversationId: string;
  readonly author: string;
  readonly text: string;
  /** Unix milliseconds. */
  readonly dueAt: number;
  readonly clientMessageId: string;
}

/** Messages that one run sends; the next minute's run goes on with the rest. */
const DUE_LIMIT = 200;
/** How long a settled one is kept. */
const SETTLED_MS = 30 * 24 * 3_600_000;

const at = (db: Firestore, id: string) =>
  db.collection(DESK_COLLECTIONS.scheduled).doc(id) as DocumentReference<ScheduledMessage>;

/** Keeps a message for later. Repeated requests keep one. @returns undefined when there is no such conversation */
export async function scheduleMessage(
  db: Firestore,
  message: NewScheduled,
  now: number,
): Promise<ScheduledMessage | undefined> {
  if (!(await conversationAt(db, message.conversationId).get()).exists) return undefined;
  const id = deskId(message.conversationId, message.author, message.clientMessageId);
  const place = at(db, id);
  const known = (await place.get()).data();
  if (known) return known;
  const fresh: ScheduledMessage = {
    id,
    conversationId: message.conversationId,
    author: message.author,
    text: message.text,
    dueAt: Timestamp.fromMillis(message.dueAt),
    createdAt: Timestamp.fromMillis(now),
    status: "scheduled",
  };
  await place.set(fresh);
  return fresh;
}

/** Calls one off. @returns its state afterwards: `sent` when it was too late; undefined when there is none of this id */
export function cancelScheduled(db: Firestore, id: string, now: number): Promise<ScheduledMessage | undefined> {
  return changeDocument<ScheduledMessage, ScheduledMessage | undefined>(at(db, id), (message) => {
    if (message?.status !== "scheduled") return { result: message };
    const fields = settled("cancelled", now);
    return { result: { ...message, ...fields }, fields };
  });
}

export interface ScheduledReport {
  readonly sent: number;
  readonly failed: number;
}

/**
 * Sends what is due, as the person who wrote it would: the same message id however often a run is repeated, so that a run
 * that died after the send sends nothing twice. What the channel no longer takes asks for a person.
 */
export async function sendScheduled(deps: ManualDeps): Promise<ScheduledReport> {
  const due = await deps.db
    .collection(DESK_COLLECTIONS.scheduled)
    .where("status", "==", "scheduled")
    .where("dueAt", "<=", Timestamp.fromMillis(deps.now()))
    .orderBy("dueAt")
    .limit(DUE_LIMIT)
    .get();
  let sent = 0;
  let failed = 0;
  for (const document of due.docs) {
    const message = document.data() as ScheduledMessage;
    const before = (await conversationAt(deps.db, message.conversationId).get()).data();
    const result = await sendManualMessage(deps, {
      conversationId: message.conversationId,
      text: message.text,
      clientMessageId: message.id,
      author: message.author,
    });
    const reason = reasonOf(result);
    const status = reason === undefined ? "sent" : "failed";
    if (status === "sent") sent += 1;
    else failed += 1;
    // A cancellation that came meanwhile is too late: the message has left.
    await document.ref.update({ ...settled(status, deps.now()), ...(reason !== undefined && { reason }) });
    // It answers what stood there when it was written; what the customer wrote since still waits for a person.
    const wroteSince = (before?.lastInboundAt?.toMillis() ?? 0) > message.createdAt.toMillis();
    if (reason === "window_closed" || (status === "sent" && wroteSince)) {
      await conversationAt(deps.db, message.conversationId).update({ needsPerson: true });
    }
  }
  return { sent, failed };
}

function reasonOf(result: ManualResult): string | undefined {
  switch (result.state) {
    case "written":
      return undefined;
    case "window":
      return "window_closed";
    default:
      return result.state;
  }
}

function settled(status: ScheduledMessage["status"], now: number) {
  return { status, settledAt: Timestamp.fromMillis(now), expireAt: Timestamp.fromMillis(now + SETTLED_MS) };
}
