import { type Firestore, Timestamp } from "firebase-admin/firestore";
import { COLLECTIONS, type Conversation, type MediaQueue, type OutboxRow, type RepliesQueue } from "./model.ts";

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
  /** Messages with files to fetch, or to remove. */
  readonly files: number;
  /** Jobs put on the queue, one per conversation and one per message with files. */
  readonly published: number;
  /** A query came back full: there is more than one run may handle. */
  readonly truncated: boolean;
}

/** Finds what a crash or a lost job left behind and queues it again. @param now Unix milliseconds */
export async function sweep(
  db: Firestore,
  queues: { readonly replies: RepliesQueue; readonly media: MediaQueue },
  now: number,
): Promise<SweepReport> {
  const overdue = Timestamp.fromMillis(now - OVERDUE_MS);
  const [conversations, rows, withFiles] = await Promise.all([
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
    db
      .collection(COLLECTIONS.messages)
      .where("fetchAt", "<", overdue)
      .orderBy("fetchAt")
      .limit(SWEEP_LIMIT)
      // The words of the messages are of no use here.
      .select()
      .get(),
  ]);
  const waiting = conversations.docs.map((document) => document.data() as Conversation).filter((c) => isFree(c, now));
  const unsent = rows.docs.map((document) => document.data() as OutboxRow).filter((row) => isDue(row, now));
  const ids = [...new Set([...waiting.map(({ id }) => id), ...unsent.map(({ conversationId }) => conversationId)])];
  const jobs = [
    ...ids.map((conversationId) => () => queues.replies.publish({ conversationId })),
    ...withFiles.docs.map(
      ({ id }) =>
        () =>
          queues.media.publish({ messageId: id }),
    ),
  ];
  for (let start = 0; start < jobs.length; start += PUBLISHING) {
    await Promise.all(jobs.slice(start, start + PUBLISHING).map((publish) => publish()));
  }
  return {
    waiting: waiting.length,
    unsent: unsent.length,
    files: withFiles.size,
    published: jobs.length,
    truncated: [conversations, rows, withFiles].some(({ size }) => size === SWEEP_LIMIT),
  };
}

function isFree(conversation: Pick<Conversation, "lease">, now: number): boolean {
  return (conversation.lease?.expiresAt.toMillis() ?? 0) <= now;
}

function isDue(row: Pick<OutboxRow, "nextAttemptAt">, now: number): boolean {
  return (row.nextAttemptAt?.toMillis() ?? 0) <= now;
}
