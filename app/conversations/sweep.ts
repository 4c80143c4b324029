import { type Firestore, Timestamp } from "firebase-admin/firestore";
import type { Log } from "../telemetry/log.ts";
import { measured } from "../telemetry/measured.ts";
import { COLLECTIONS, type Conversation, type MediaQueue, type OutboxRow, type RepliesQueue } from "./model.ts";

/** How long something may wait before the sweep takes it for forgotten: as long as a lease lives. */
export const OVERDUE_MS = 30_000;
/** Rows that one run looks at per query; the next minute's run goes on with the rest. */
export const SWEEP_LIMIT = 500;
/** A customer who has no answer after this long is one of whom somebody should know. */
export const OVERDUE_ANSWER_MS = 120_000;
/** Lines of one run: enough to see what is wrong, and the alert needs but one. */
const MOST_OVERDUE_LINES = 20;
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
  /** Who waits longer than {@link OVERDUE_ANSWER_MS} for an answer that the bot owes, the longest first. */
  readonly overdue: readonly Overdue[];
}

export interface Overdue {
  readonly conversationId: string;
  readonly channel: Conversation["channel"];
  readonly waitedMs: number;
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
  // A message that was written keeps its trace; the worker finds that of a question with the question.
  const replies = new Map(waiting.map(({ id }) => [id, { conversationId: id }]));
  for (const { conversationId, trace } of unsent) {
    const traced = { conversationId, ...(trace !== undefined && { trace }) };
    if (!replies.has(conversationId)) replies.set(conversationId, traced);
  }
  const jobs = [
    ...[...replies.values()].map((job) => () => queues.replies.publish(job)),
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
    overdue: overdueOf(
      conversations.docs.map((document) => document.data() as Conversation),
      rows.docs.map((document) => document.data() as OutboxRow),
      now,
    ),
  };
}

/** Says who waits: the lines that the alert on answers counts. */
export function reportOverdue(log: Log, overdue: readonly Overdue[]): void {
  for (const one of overdue.slice(0, MOST_OVERDUE_LINES)) {
    const seconds = Math.round(one.waitedMs / 1000);
    log.warn(measured("answer_overdue", one), `[Omni] Sem resposta há ${seconds} s: ${one.conversationId}`);
  }
}

/** Questions without an answer, and answers that do not leave. What an automation or a person wrote nobody waits for. */
function overdueOf(conversations: readonly Conversation[], rows: readonly OutboxRow[], now: number): Overdue[] {
  const since = new Map<string, Omit<Overdue, "waitedMs"> & { readonly at: number }>();
  for (const { id, channel, lastInboundAt, updatedAt } of conversations) {
    since.set(id, { conversationId: id, channel, at: (lastInboundAt ?? updatedAt).toMillis() });
  }
  for (const { conversationId, channel, author, automation, lastInboundAt } of rows) {
    if (author !== "bot" || automation !== undefined || since.has(conversationId)) continue;
    since.set(conversationId, { conversationId, channel, at: lastInboundAt.toMillis() });
  }
  return [...since.values()]
    .map(({ at, ...one }) => ({ ...one, waitedMs: now - at }))
    .filter(({ waitedMs }) => waitedMs > OVERDUE_ANSWER_MS)
    .sort((left, right) => right.waitedMs - left.waitedMs);
}

function isFree(conversation: Pick<Conversation, "lease">, now: number): boolean {
  return (conversation.lease?.expiresAt.toMillis() ?? 0) <= now;
}

function isDue(row: Pick<OutboxRow, "nextAttemptAt">, now: number): boolean {
  return (row.nextAttemptAt?.toMillis() ?? 0) <= now;
}
