import { type Firestore, Timestamp, type Transaction } from "firebase-admin/firestore";
import { COLLECTIONS, type Conversation } from "../conversations/model.ts";
import { AUTOMATION_COLLECTIONS, type CustomerPause, type SendRow, wayKey } from "./model.ts";
import { sendRef } from "./rows.ts";
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
export function settleSend(db: Firestore, mine: SendRow, ending: Ending, now: number): Promise<SendRow | undefined> {
  const reference = sendRef(db, mine.id);
  return db.runTransaction(async (transaction) => {
    const row = (await transaction.get(reference)).data() as SendRow | undefined;
    if (!row?.open || row.token !== mine.token) return undefined;
    const release = ending.state === "next" || ending.state === "again" || ending.state === "skipped";
    if (release) await releaseCustomer(db, transaction, row, ending);
    if (isEmail(row) && (ending.state === "sent" || ending.state === "failed"))
      logEmail(db, transaction, row, ending, now);
    const change = { ...changeOf(row, ending, now), updatedAt: Timestamp.fromMillis(now) };
    transaction.update(reference, change);
    return { ...row, ...change };
  });
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
async function releaseCustomer(db: Firestore, transaction: Transaction, row: SendRow, ending: Ending): Promise<void> {
  const pause = row.customer ? db.collection(AUTOMATION_COLLECTIONS.customers).doc(row.customer) : undefined;
  const chat = row.way && row.way.kind !== "email" ? row.way.conversationId : undefined;
  const owner = chat === undefined ? undefined : db.collection(COLLECTIONS.conversations).doc(chat);
  const held = pause && ((await transaction.get(pause)).data() as CustomerPause | undefined);
  const conversation = owner && ((await transaction.get(owner)).data() as Conversation | undefined);
  if (pause && held?.sendId === row.id) transaction.delete(pause);
  if (!owner || !conversation) return;
  const own = conversation.lastAutomation?.sendId === row.id;
  const stopped = ending.state === "skipped" && ending.reason === "opted_out";
  if (!own && !stopped) return;
  transaction.update(owner, {
    ...(own && { "lastAutomation.failed": true }),
    ...(stopped && { "contact.optOut": true }),
  });
}

/** A chat's log row is written by the outbox; an e-mail has none. */
function logEmail(
  db: Firestore,
  transaction: Transaction,
  row: SendRow,
  ending: Extract<Ending, { state: "sent" | "failed" }>,
  now: number,
): void {
  const located = { entity: sendRef(db, row.id), conversations: [], proven: true, optedOutByPhone: false };
  const scene = { db, transaction, trigger: { name: row.trigger }, row, located, snapshots: new Map(), now };
  const failed = ending.state === "failed";
  writeLog(scene, { success: !failed, outcome: failed ? "failed" : "sent", ...(failed && { error: ending.reason }) });
}
