import { type DocumentData, type Firestore, Timestamp } from "firebase-admin/firestore";
import { isConflict } from "../conversations/change.ts";
import { sendId } from "./ids.ts";
import { AUTOMATION_COLLECTIONS, SEND_DAYS, type SendRow } from "./model.ts";
import { momentOf } from "./moment.ts";
import type { AutomationSettings } from "./settings.ts";
import type { Trigger } from "./trigger.ts";

const DAY_MS = 24 * 3_600_000;

/** A row as it is stored. Whoever has written it since has another version, and it is theirs. */
export interface StoredRow {
  readonly row: SendRow;
  readonly version: Timestamp;
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

/** Creates the row. Undefined: another run was first, or this one before it died; either way it is not ours now. */
export async function claimSend(db: Firestore, row: SendRow): Promise<StoredRow | undefined> {
  return unlessConflict(async () => {
    const { writeTime } = await sendRef(db, row.id).create(row);
    return { row, version: writeTime };
  });
}

export function sendRef(db: Firestore, id: string) {
  return db.collection(AUTOMATION_COLLECTIONS.sends).doc(id);
}

/** Rows whose wait or lease is over, the longest overdue first. */
export async function readOverdue(db: Firestore, trigger: Trigger, now: number, limit: number): Promise<StoredRow[]> {
  const query = db
    .collection(AUTOMATION_COLLECTIONS.sends)
    .where("trigger", "==", trigger.name)
    .where("open", "==", true)
    .where("retryAt", "<=", Timestamp.fromMillis(now))
    .orderBy("retryAt")
    .limit(limit);
  const { docs } = await query.get();
  return docs.map((document) => ({ row: document.data() as SendRow, version: document.updateTime }));
}

/** Takes over a row that nobody works on any more. Undefined: somebody was faster. */
export function takeOver(
  db: Firestore,
  { row, version }: StoredRow,
  token: string,
  leaseMs: number,
  now: number,
): Promise<StoredRow | undefined> {
  const lease = { token, retryAt: Timestamp.fromMillis(now + leaseMs) };
  return unlessConflict(async () => {
    const { writeTime } = await sendRef(db, row.id).update(lease, { lastUpdateTime: version });
    return { row: { ...row, ...lease }, version: writeTime };
  });
}

/** The row anew, while it is ours. Undefined: another run has taken it over, or brought it to its end. */
export async function readOwn(db: Firestore, mine: StoredRow): Promise<StoredRow | undefined> {
  const stored = await sendRef(db, mine.row.id).get();
  const row = stored.data() as SendRow | undefined;
  return row?.open && row.token === mine.row.token && stored.updateTime
    ? { row, version: stored.updateTime }
    : undefined;
}

async function unlessConflict<T>(write: () => Promise<T>): Promise<T | undefined> {
  try {
    return await write();
  } catch (error) {
    if (isConflict(error)) return undefined;
    throw error;
  }
}
