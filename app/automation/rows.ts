import {
  type DocumentData,
  type Firestore,
  Timestamp,
  type WriteBatch,
  type WriteResult,
} from "firebase-admin/firestore";
import { isConflict, untilUnchanged } from "../conversations/change.ts";
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

/** What becomes of a row. Its own write is the first of the batch's. */
export interface RowChange<R> {
  readonly row: SendRow;
  readonly batch: WriteBatch;
  readonly result: R;
}

/**
 * Changes a row while it is ours, together with what else the batch holds; what has changed meanwhile is read, and it is
 * decided anew.
 * @param decide `again`: nothing that was known before may be relied on any more. Undefined: nothing is to be changed
 * @returns undefined when nothing was changed: also when another run has taken the row over, or brought it to its end
 */
export async function changeOwn<R>(
  db: Firestore,
  mine: StoredRow,
  decide: (own: StoredRow, again: boolean) => Promise<RowChange<R> | undefined>,
): Promise<{ readonly own: StoredRow; readonly result: R } | undefined> {
  let again = false;
  let { version } = mine;
  const changed = await untilUnchanged(async () => {
    const own = again ? await readOwn(db, mine) : mine;
    const change = own && (await decide(own, again));
    again = true;
    if (!change) return { result: undefined };
    const written = ([ofRow]: readonly WriteResult[]) => {
      if (ofRow) version = ofRow.writeTime;
    };
    return { result: change, batch: change.batch, written };
  });
  return changed && { own: { row: changed.row, version }, result: changed.result };
}

async function readOwn(db: Firestore, mine: StoredRow): Promise<StoredRow | undefined> {
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
