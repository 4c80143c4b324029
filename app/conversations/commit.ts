import { FieldValue, type Firestore, Timestamp, type UpdateData, type WriteBatch } from "firebase-admin/firestore";
import type { SendingWindow } from "../channels/channel.ts";
import { changeDocument, type Decided } from "./change.ts";
import { conversationAt, leaseOf } from "./claim.ts";
import { decideCommit, type SkipReason, saidFallback, WINDOW_MS } from "./decide.ts";
import { wordsOf } from "./history.ts";
import { replyId } from "./ids.ts";
import { iaLog, type OmniNews, omniLog } from "./log-rows.ts";
import { BOT_ID, COLLECTIONS, type Conversation, type Message } from "./model.ts";
import { replyMessage, replyRow } from "./outbound.ts";
import { asSending, createOutgoing, keepOutgoing } from "./outgoing.ts";
import type { AnswerCommit, CommitResult, Skip } from "./ports.ts";
import { Recent } from "./recent.ts";
import { answeredBy, stillWaiting } from "./waiting.ts";

export interface CommitTime {
  /** Unix milliseconds. */
  readonly now: number;
  readonly window: SendingWindow["state"];
}

/** Turns an answer into a message and an outbox row, if the conversation is still as it was when the model was asked. */
export function commitAnswer(
  db: Firestore,
  answer: AnswerCommit,
  time: CommitTime,
  recent = new Recent(),
): Promise<CommitResult> {
  const subject = subjectOf(answer);
  const reference = conversationAt(db, answer.conversation.id);
  const decide = (conversation: Conversation | undefined): Settled => {
    if (!conversation) return { result: { state: "lost" } };
    const decision = decideCommit(conversation, { ...answer, ...time });
    if (decision === "lost") return { result: { state: "lost" } };
    const called = (batch: WriteBatch) =>
      batch.create(db.collection(COLLECTIONS.iaLogs).doc(), iaLog(subject, answer.answer.log, time.now));
    if (decision === "ask_again") {
      const lease = leaseOf({ job: conversation.lease?.job ?? "", token: answer.token, now: time.now });
      const held = { ...conversation, lease };
      const written = (version: Timestamp) => recent.keep(reference, held, version);
      return { result: { state: "newer", conversation: held }, fields: { lease }, also: called, written };
    }
    const settled = settle(db, { ...answer, conversation }, decision, time.now, recent);
    const also = (batch: WriteBatch) => {
      called(batch);
      settled.also?.(batch);
    };
    return { ...settled, also };
  };
  return changeDocument(reference, decide, recent);
}

/** Marks a burst as dealt with, without an answer. */
export function skipBurst(db: Firestore, skip: Skip, now: number): Promise<void> {
  return changeDocument<Conversation, void>(conversationAt(db, skip.conversation.id), (conversation) => {
    if (conversation?.lease?.token !== skip.token) return { result: undefined };
    return { ...leaveUnanswered(db, { ...skip, conversation }, skip.reason, now), result: undefined };
  });
}

type Written = Omit<AnswerCommit, "answer" | "answers" | "lastRound">;
type Settled = Decided<Conversation, CommitResult>;

function settle(
  db: Firestore,
  commit: AnswerCommit,
  decision: "commit" | { skip: SkipReason },
  now: number,
  recent: Recent,
): Settled {
  if (decision !== "commit") {
    const result = { state: "skipped", reason: decision.skip } as const;
    return { ...leaveUnanswered(db, commit, decision.skip, now), result };
  }
  const silent = commit.answer.outcome === "fallback" && saidFallback(commit.conversation, now);
  return silent ? keepQuiet(db, commit, now) : writeAnswer(db, commit, now, recent);
}

function leaveUnanswered(db: Firestore, skip: Written, reason: SkipReason, now: number) {
  const news = { type: "message_processed", success: true, outcome: `skipped_${reason}` };
  return {
    fields: {
      ...answeredFields(skip, now),
      ...newestFields(skip.conversation, skip.newest),
      // A person has it: for them the customer waits from now on.
      ...(reason === "human" && stillWaiting(skip.conversation, skip.waitingSince)),
    },
    also: (batch: WriteBatch) => processed(db, batch, skip, news, now),
  };
}

/** The same fixed text a second time would only annoy. */
function keepQuiet(db: Firestore, commit: AnswerCommit, now: number): Settled {
  const error = commit.answer.log.outcome;
  const news = { type: "message_processed", success: false, error, outcome: "silent" };
  return {
    result: { state: "silent" },
    fields: {
      ...answeredFields(commit, now),
      ...newestFields(commit.conversation, commit.newest),
      ...stillWaiting(commit.conversation, commit.waitingSince),
      needsPerson: true,
    },
    also: (batch) => processed(db, batch, commit, news, now),
  };
}

/** The id makes a repetition harmless. */
function processed(db: Firestore, batch: WriteBatch, commit: Written, news: OmniNews, now: number): void {
  const id = replyId(commit.conversation.id, commit.answering);
  batch.set(db.collection(COLLECTIONS.omniLogs).doc(id), omniLog(subjectOf(commit), news, now));
}

function writeAnswer(db: Firestore, commit: AnswerCommit, now: number, recent: Recent): Settled {
  const { conversation, answer } = commit;
  const id = replyId(conversation.id, commit.answering);
  // Nobody has taken over, or nothing of this is written: the worker that writes it sends it.
  const outgoing = asSending({ row: replyRow(id, commit, now), message: replyMessage(id, commit, now) }, now);
  const { row, message } = outgoing;
  const handedOver = answer.outcome === "handoff";
  const answered = answeredBy("bot", conversation, now, commit.waitingSince).fields;
  const waits = stillWaiting(conversation, commit.waitingSince);
  const done = answeredFields(commit, now);
  const fields: UpdateData<Conversation> = {
    ...done,
    lastMessage: message.text,
    lastMessageAt: message.timestamp,
    lastMessageSender: BOT_ID,
    language: answer.language,
    ...(answer.outcome !== "fallback" && answered),
    ...(answer.outcome !== "reply" && waits),
    fallbackAt: answer.outcome === "fallback" ? Timestamp.fromMillis(now) : null,
    ...(handedOver && { mode: "human", handoffAt: Timestamp.fromMillis(now) }),
    ...(answer.outcome !== "reply" && { needsPerson: true }),
  };
  return {
    result: { state: "committed", row },
    fields,
    written: (version) => {
      // What letting go looks at.
      const { answeredCount, awaitingReply } = done;
      recent.keep(conversationAt(db, conversation.id), { ...conversation, answeredCount, awaitingReply }, version);
      keepOutgoing(db, recent, outgoing, version);
    },
    also: (batch) => {
      createOutgoing(db, batch, outgoing);
      if (!handedOver) return;
      const news = { type: "handoff", success: true, outcome: answer.reason, messageId: id };
      batch.create(db.collection(COLLECTIONS.omniLogs).doc(`handoff_${id}`), omniLog(subjectOf(commit), news, now));
    },
  };
}

/** What is true of a conversation once everything up to `answering` has been dealt with. */
function answeredFields(commit: Written, now: number) {
  const { conversation, person, lastInboundAt } = commit;
  return {
    answeredCount: commit.answering,
    awaitingReply: (conversation.inboundCount ?? 0) > commit.answering,
    userType: person.userType,
    updatedAt: Timestamp.fromMillis(now),
    ...(lastInboundAt > 0 && {
      lastInboundAt: Timestamp.fromMillis(lastInboundAt),
      windowExpiresAt: Timestamp.fromMillis(lastInboundAt + WINDOW_MS),
    }),
    ...(person.userId !== undefined && {
      "contact.userId": person.userId,
      participants: FieldValue.arrayUnion(person.userId),
    }),
  };
}

/** An older message that arrived last has overwritten what the list shows: the newest one comes back. */
function newestFields(conversation: Conversation, newest: Message | undefined) {
  if (!newest || newest.timestamp.toMillis() <= conversation.lastMessageAt.toMillis()) return {};
  return { lastMessage: wordsOf(newest), lastMessageAt: newest.timestamp, lastMessageSender: newest.sender };
}

function subjectOf(commit: Written) {
  const { conversation, person, trace } = commit;
  return {
    conversationId: conversation.id,
    channel: conversation.channel,
    userType: person.userType,
    ...(trace !== undefined && { trace }),
  };
}
