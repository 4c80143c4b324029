import { type Firestore, Timestamp, type WriteBatch } from "firebase-admin/firestore";
import { updateSeen } from "../conversations/change.ts";
import { COLLECTIONS, type Conversation } from "../conversations/model.ts";
import { AUTOMATION_COLLECTIONS, type CustomerPause, type SendRow, wayKey } from "./model.ts";
import { changeOwn, type StoredRow, sendRef } from "./rows.ts";
import { DONE, writeLog } from "./write.ts";

/** What a way came to, once it was taken. */
export type Ending =
  | { readonly state: "sent"; readonly providerId?: string }
  /** It may have left: never again, on no way. */
  | { readonly state: "failed"; readonly reason: "unknown_outcome" | "cooldown" }
  | { readonly state: "skipped"; readonly reason: "opted_out" | "human_mode" }
  /** It has not left, and this way will not work: the next one. */
  | { readonly state: "next" }
  /** It has not left: the same again later. */
  | { readonly state: "again"; readonly reason: NonNullable<SendRow["reason"]>; readonly until: number }
  /** It is in the outbox, which goes on by itself; to be looked at again. */
  | { readonly state: "under_way"; readonly until: number };

/** Writes down what a way came to, if the row is still ours. @returns the row as it is now; undefined when it is not */
export async function settleSend(
  db: Firestore,
  mine: StoredRow,
  ending: Ending,
  now: number,
): Promise<StoredRow | undefined> {
  const settled = await changeOwn(db, mine, async ({ row, version }) => {
    const change = { ...changeOf(row, ending, now), updatedAt: Timestamp.fromMillis(now) };
    const batch = db.batch().update(sendRef(db, row.id), change, { lastUpdateTime: version });
    const release = ending.state === "next" || ending.state === "again" || ending.state === "skipped";
    if (release) await releaseCustomer(db, batch, row, ending);
    if (isEmail(row) && (ending.state === "sent" || ending.state === "failed")) logEmail(db, batch, row, ending, now);
    return { row: { ...row, ...change }, batch, result: undefined };
  });
  return settled?.own;
}

function changeOf(row: SendRow, ending: Ending, now: number): Partial<SendRow> {
  switch (ending.state) {
    case "sent":
      return { ...DONE, outcome: "sent" };
    case "failed":
      return { ...DONE, outcome: "failed", reason: ending.reason };
    case "skipped":
      return { ...DONE, outcome: "skipped", reason: ending.reason };
    case "next":
      return { state: "claimed", tried: row.way ? [...row.tried, wayKey(row.way)] : row.tried };
    case "again":
      return { state: "deferred", reason: ending.reason, retryAt: Timestamp.fromMillis(ending.until) };
    case "under_way":
      return { retryAt: Timestamp.fromMillis(Math.max(ending.until, now + 1)) };
  }
}

function isEmail(row: SendRow): boolean {
  return row.way?.kind === "email";
}

/** What did not leave keeps nobody from the next automation. */
async function releaseCustomer(db: Firestore, batch: WriteBatch, row: SendRow, ending: Ending): Promise<void> {
  const pause = row.customer ? db.collection(AUTOMATION_COLLECTIONS.customers).doc(row.customer) : undefined;
  const chat = row.way && row.way.kind !== "email" ? row.way.conversationId : undefined;
  const owner = chat === undefined ? undefined : db.collection(COLLECTIONS.conversations).doc(chat);
  const [held, seen] = await Promise.all([pause?.get(), owner?.get()]);
  const isHeld = (held?.data() as CustomerPause | undefined)?.sendId === row.id;
  if (held?.updateTime && isHeld) batch.delete(held.ref, { lastUpdateTime: held.updateTime });
  if (!seen?.exists) return;
  const own = (seen.data() as Conversation).lastAutomation?.sendId === row.id;
  const stopped = ending.state === "skipped" && ending.reason === "opted_out";
  if (!own && !stopped) return;
  updateSeen(batch, seen, {
    ...(own && { "lastAutomation.failed": true }),
    ...(stopped && { "contact.optOut": true }),
  });
}

/** A chat's log row is written by the outbox; an e-mail has none. */
function logEmail(
  db: Firestore,
  batch: WriteBatch,
  row: SendRow,
  ending: Extract<Ending, { state: "sent" | "failed" }>,
  now: number,
): void {
  const failed = ending.state === "failed";
  const news = { success: !failed, outcome: failed ? "failed" : "sent", ...(failed && { error: ending.reason }) };
  writeLog({ db, batch, trigger: { name: row.trigger }, row, now }, news);
}
