import { type DocumentData, type Firestore, Timestamp } from "firebase-admin/firestore";
import { sendId } from "./ids.ts";
import { AUTOMATION_COLLECTIONS, SEND_DAYS, type SendRow } from "./model.ts";
import { momentOf } from "./moment.ts";
import type { AutomationSettings } from "./settings.ts";
import type { Trigger } from "./trigger.ts";

/** gRPC: the document is there already. https://grpc.io/docs/guides/status-codes/ */
const ALREADY_EXISTS = 6;
const DAY_MS = 24 * 3_600_000;

/** A row that this run works on, and the entity where it has just been read. */
export interface Work {
  readonly row: SendRow;
  readonly entity?: DocumentData;
}

/** A fresh row for a document that was found, claimed until the lease ends. */
export function newSend(
  trigger: Trigger,
  found: { readonly id: string; readonly data: DocumentData },
  token: string,
  settings: AutomationSettings,
  now: number,
): SendRow {
  const value: unknown = found.data[trigger.due.timeField];
  const since = momentOf(value);
  const dueAt = since === undefined ? now : since + trigger.due.ageMs;
  // Written with another offset than UTC it may be found some hours early.
  const early = dueAt >= now && since !== undefined;
  return {
    id: sendId(trigger.name, found.id, since === undefined ? String(value) : dueAt),
    trigger: trigger.name,
    collection: trigger.due.collection,
    entity: found.id,
    dueAt: Timestamp.fromMillis(dueAt),
    open: true,
    state: early ? "deferred" : "claimed",
    token,
    retryAt: Timestamp.fromMillis(early ? dueAt + 1 : now + settings.leaseMs),
    attempts: 0,
    tried: [],
    createdAt: Timestamp.fromMillis(now),
    updatedAt: Timestamp.fromMillis(now),
    expireAt: Timestamp.fromMillis(now + SEND_DAYS * DAY_MS),
  };
}

/** Creates the row. False: another run was first, or this one before it died; either way it is not ours now. */
export async function claimSend(db: Firestore, row: SendRow): Promise<boolean> {
  try {
    await sendRef(db, row.id).create(row);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === ALREADY_EXISTS) return false;
    throw error;
  }
}

export function sendRef(db: Firestore, id: string) {
  return db.collection(AUTOMATION_COLLECTIONS.sends).doc(id);
}

/** Rows whose wait or lease is over, the longest overdue first. */
export async function readOverdue(db: Firestore, trigger: Trigger, now: number, limit: number): Promise<SendRow[]> {
  const query = db
    .collection(AUTOMATION_COLLECTIONS.sends)
    .where("trigger", "==", trigger.name)
    .where("open", "==", true)
    .where("retryAt", "<=", Timestamp.fromMillis(now))
    .orderBy("retryAt")
    .limit(limit);
  return (await query.get()).docs.map((document) => document.data() as SendRow);
}

/** Takes over a row that nobody works on any more. Undefined: somebody was faster. */
export function takeOver(
  db: Firestore,
  id: string,
  token: string,
  leaseMs: number,
  now: number,
): Promise<SendRow | undefined> {
  const reference = sendRef(db, id);
  return db.runTransaction(async (transaction) => {
    const row = (await transaction.get(reference)).data() as SendRow | undefined;
    if (!row?.open || row.retryAt.toMillis() > now) return undefined;
    const mine: SendRow = { ...row, token, retryAt: Timestamp.fromMillis(now + leaseMs) };
    transaction.update(reference, { token, retryAt: mine.retryAt });
    return mine;
  });
}
