import { type Firestore, Timestamp } from "firebase-admin/firestore";
import { COLLECTIONS, type Conversation, type OutboxRow, type RepliesQueue } from "./model.ts";

/** How long something may wait before the sweep takes it for forgotten: as long as a lease lives. */
export const OVERDUE_MS = 30_000;
/** Rows that one run looks at per query; the next minute's run goes on with the rest. */
export const SWEEP_LIMIT = 500;
/** Publishes at once. */
const PUBLISHING = 50;

export interface SweepReport {
  /** Conversations with an unanswered message and nobody at work on it. */
  readonly waiting: number;
  /** Messages that were written but not sent. */
  readonly unsent: number;
  /** Jobs put on the queue, one per conversation. */
  readonly published: number;
  /** A query came back full: there is more than one run may handle. */
  readonly truncated: boolean;
}

/** Finds what a crash or a lost job left behind and queues it again. @param now Unix milliseconds */
export async function sweep(db: Firestore, replies: RepliesQueue, now: number): Promise<SweepReport> {
  const overdue = Timestamp.fromMillis(now - OVERDUE_MS);
  const [conversations, rows] = await Promise.all([
    db
      .collection(COLLECTIONS.conversations)
      .where("awaitingReply", "==", true)
      .where("updatedAt", "<", overdue)
      .orderBy("updatedAt")
      .limit(SWEEP_LIMIT)
      .get(),
    db
      .collection(COLLECTIONS.outbox)
      .where("status", "in", ["pending", "sending"])
      .where("updatedAt", "<", overdue)
      .orderBy("updatedAt")
      .limit(SWEEP_LIMIT)
      .get(),
  ]);
  const waiting = conversations.docs.map((document) => document.data() as Conversation).filter((c) => isFree(c, now));
  const unsent = rows.docs.map((document) => document.data() as OutboxRow).filter((row) => isDue(row, now));
  const ids = [...new Set([...waiting.map(({ id }) => id), ...unsent.map(({ conversationId }) => conversationId)])];
  for (let start = 0; start < ids.length; start += PUBLISHING) {
    const some = ids.slice(start, start + PUBLISHING);
    await Promise.all(some.map((conversationId) => replies.publish({ conversationId })));
  }
  return {
    waiting: waiting.length,
    unsent: unsent.length,
    published: ids.length,
    truncated: conversations.size === SWEEP_LIMIT || rows.size === SWEEP_LIMIT,
  };
}

function isFree(conversation: Pick<Conversation, "lease">, now: number): boolean {
  return (conversation.lease?.expiresAt.toMillis() ?? 0) <= now;
}

function isDue(row: Pick<OutboxRow, "nextAttemptAt">, now: number): boolean {
  return (row.nextAttemptAt?.toMillis() ?? 0) <= now;
}
