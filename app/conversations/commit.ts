import { FieldValue, type Firestore, Timestamp, type Transaction } from "firebase-admin/firestore";
import type { SendingWindow } from "../channels/channel.ts";
import { leaseOf } from "./claim.ts";
import { decideCommit, type SkipReason, saidFallback, WINDOW_MS } from "./decide.ts";
import { wordsOf } from "./history.ts";
import { replyId } from "./ids.ts";
import { iaLog, omniLog } from "./log-rows.ts";
import { BOT_ID, COLLECTIONS, type Conversation, customerOf, type Message, type OutboxRow } from "./model.ts";
import type { AnswerCommit, CommitResult, Skip } from "./ports.ts";

export interface CommitTime {
  /** Unix milliseconds. */
  readonly now: number;
  readonly window: SendingWindow["state"];
}

/** Turns an answer into a message and an outbox row, if the conversation is still as it was when the model was asked. */
export function commitAnswer(db: Firestore, answer: AnswerCommit, time: CommitTime): Promise<CommitResult> {
  const reference = db.collection(COLLECTIONS.conversations).doc(answer.conversation.id);
  return db.runTransaction(async (transaction): Promise<CommitResult> => {
    const conversation = (await transaction.get(reference)).data() as Conversation | undefined;
    if (!conversation) return { state: "lost" };
    const decision = decideCommit(conversation, { ...answer, ...time });
    if (decision === "lost") return { state: "lost" };
    const subject = subjectOf(answer);
    transaction.create(db.collection(COLLECTIONS.iaLogs).doc(), iaLog(subject, answer.answer.log, time.now));
    if (decision === "ask_again") {
      const job = conversation.lease?.job ?? "";
      transaction.update(reference, { lease: leaseOf({ job, token: answer.token, now: time.now }) });
      return { state: "newer", conversation };
    }
    if (decision !== "commit") {
      writeSkip(db, transaction, { ...answer, conversation, reason: decision.skip }, time.now);
      return { state: "skipped", reason: decision.skip };
    }
    if (answer.answer.outcome === "fallback" && saidFallback(conversation, time.now)) {
      const news = { type: "message_processed", success: false, error: answer.answer.failure, outcome: "silent" };
      const id = replyId(conversation.id, answer.answering);
      transaction.set(db.collection(COLLECTIONS.omniLogs).doc(id), omniLog(subject, news, time.now));
      transaction.update(reference, { ...answeredFields(conversation, answer, time.now), needsPerson: true });
      return { state: "silent" };
    }
    return { state: "committed", messageId: writeAnswer(db, transaction, { ...answer, conversation }, time.now) };
  });
}

/** Marks a burst as dealt with, without an answer. */
export async function skipBurst(db: Firestore, skip: Skip, now: number): Promise<void> {
  const reference = db.collection(COLLECTIONS.conversations).doc(skip.conversation.id);
  await db.runTransaction(async (transaction) => {
    const conversation = (await transaction.get(reference)).data() as Conversation | undefined;
    if (conversation?.lease?.token !== skip.token) return;
    writeSkip(db, transaction, { ...skip, conversation }, now);
  });
}

type Written = Omit<AnswerCommit, "answer" | "lastRound">;

function writeSkip(
  db: Firestore,
  transaction: Transaction,
  skip: Written & { readonly reason: SkipReason },
  now: number,
): void {
  const { conversation } = skip;
  const id = replyId(conversation.id, skip.answering);
  const news = { type: "message_processed", success: true, outcome: `skipped_${skip.reason}` };
  transaction.set(db.collection(COLLECTIONS.omniLogs).doc(id), omniLog(subjectOf(skip), news, now));
  transaction.update(db.collection(COLLECTIONS.conversations).doc(conversation.id), {
    ...answeredFields(conversation, skip, now),
    ...newestFields(conversation, skip.newest),
  });
}

function writeAnswer(db: Firestore, transaction: Transaction, commit: AnswerCommit, now: number): string {
  const { conversation, answer } = commit;
  const id = replyId(conversation.id, commit.answering);
  const message = replyMessage(id, commit, now);
  transaction.create(db.collection(COLLECTIONS.messages).doc(id), message);
  transaction.create(db.collection(COLLECTIONS.outbox).doc(id), outboxRow(id, commit, now));
  transaction.update(db.collection(COLLECTIONS.conversations).doc(conversation.id), {
    ...answeredFields(conversation, commit, now),
    lastMessage: message.text,
    lastMessageAt: message.timestamp,
    lastMessageSender: BOT_ID,
    language: answer.language,
    fallbackAt: answer.outcome === "fallback" ? Timestamp.fromMillis(now) : null,
    ...(answer.outcome === "handoff" && { mode: "human" }),
    ...(answer.outcome !== "reply" && { needsPerson: true }),
  });
  if (answer.outcome === "handoff") {
    const news = { type: "handoff", success: true, outcome: answer.reason, messageId: id };
    transaction.create(db.collection(COLLECTIONS.omniLogs).doc(`handoff_${id}`), omniLog(subjectOf(commit), news, now));
  }
  return id;
}

function replyMessage(id: string, commit: AnswerCommit, now: number): Message {
  const { conversation } = commit;
  // Never before what it answers, whatever the provider's clock says.
  const after = (commit.newest?.timestamp.toMillis() ?? 0) + 1;
  return {
    id,
    conversationId: conversation.id,
    channel: conversation.channel,
    sender: BOT_ID,
    senderType: "bot",
    text: commit.answer.text,
    timestamp: Timestamp.fromMillis(Math.max(now, after)),
    isAutomation: false,
    metadata: outboundMetadata(conversation),
    createdAt: Timestamp.fromMillis(now),
    kind: "text",
    status: "pending",
    ...(commit.trace !== undefined && { trace: commit.trace }),
  };
}

/** Specification section 3: which of our numbers sends (WhatsApp), or to whom (Instagram, Messenger). */
export function outboundMetadata(conversation: Conversation): Message["metadata"] {
  if (conversation.channel === "webchat") return {};
  if (conversation.channel !== "whatsapp") return { recipient_id: customerOf(conversation) };
  return conversation.account === undefined ? {} : { phone_number_id: conversation.account };
}

function outboxRow(id: string, commit: AnswerCommit, now: number): OutboxRow {
  const { conversation, answer } = commit;
  return {
    ...newRow(id, conversation, now),
    text: answer.text,
    author: "bot",
    lastInboundAt: Timestamp.fromMillis(commit.lastInboundAt),
    userType: commit.person.userType,
    outcome: answer.outcome === "fallback" ? answer.failure : answer.outcome,
    ...(answer.outcome === "handoff" && { handoff: true }),
    ...(commit.trace !== undefined && { trace: commit.trace }),
  };
}

/** What every new outbox row starts with. */
export function newRow(
  id: string,
  conversation: Conversation,
  now: number,
): Omit<OutboxRow, "text" | "author" | "lastInboundAt"> {
  const bsuid = conversation.contact?.bsuid;
  return {
    id,
    conversationId: conversation.id,
    channel: conversation.channel,
    customer: customerOf(conversation),
    status: "pending",
    attempts: 0,
    createdAt: Timestamp.fromMillis(now),
    updatedAt: Timestamp.fromMillis(now),
    ...(conversation.account !== undefined && { account: conversation.account }),
    ...(bsuid !== undefined && { bsuid }),
  };
}

/** What is true of a conversation once everything up to `answering` has been dealt with. */
function answeredFields(conversation: Conversation, commit: Written, now: number) {
  const { person, lastInboundAt } = commit;
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
