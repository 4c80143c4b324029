import { Timestamp } from "firebase-admin/firestore";
import type { Attachment } from "../attachments/model.ts";
import { MESSAGE_KINDS, type MessageKind } from "../channels/channel.ts";
import { searchWords } from "../search/words.ts";
import type { ManualMessage } from "./manual-message.ts";
import { BOT_ID, type Conversation, customerOf, type Message, type OutboxRow } from "./model.ts";
import type { AnswerCommit } from "./ports.ts";
import { answeredBy } from "./waiting.ts";

/** The documents of an outbound message, field by field. Pure; times are Unix milliseconds. */

/** The bot's message. */
export function replyMessage(id: string, commit: AnswerCommit, now: number): Message {
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
    words: searchWords(commit.answer.text),
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

/** What must reach the customer for it. */
export function replyRow(id: string, commit: AnswerCommit, now: number): OutboxRow {
  const { conversation, answer } = commit;
  const apology = answer.outcome === "fallback";
  return {
    ...newRow(id, conversation, now),
    // An apology is no answer: nobody's waiting ends with it.
    ...(!apology && answeredBy("bot", conversation, now, commit.waitingSince).row),
    text: answer.text,
    author: "bot",
    answers: commit.answers,
    lastInboundAt: Timestamp.fromMillis(commit.lastInboundAt),
    userType: commit.person.userType,
    outcome: answer.outcome === "fallback" ? answer.failure : answer.outcome,
    ...(answer.outcome === "handoff" && { handoff: true }),
    ...(commit.trace !== undefined && { trace: commit.trace }),
  };
}

/**
 * To whom a message goes. On WhatsApp the number that the customer last wrote from: the conversation's own id may hold an
 * older form of it, a number that has changed since, or the business-scoped id of someone whose number became known.
 */
function addressOf(conversation: Conversation): string {
  const phone = conversation.channel === "whatsapp" ? conversation.contact?.phone : undefined;
  return phone ?? customerOf(conversation);
}

/** What must reach the customer for a person's message. */
export function personRow(id: string, conversation: Conversation, manual: ManualMessage, now: number): OutboxRow {
  return {
    ...newRow(id, conversation, now),
    text: manual.text,
    author: "person",
    agent: manual.author,
    lastInboundAt: conversation.lastInboundAt ?? Timestamp.fromMillis(0),
    ...(manual.template && { template: manual.template }),
    ...(manual.attachment && { attachment: manual.attachment }),
    ...(manual.trace !== undefined && { trace: manual.trace }),
  };
}

/** A person's message, never before what the list shows. */
export function personMessage(id: string, conversation: Conversation, manual: ManualMessage, now: number): Message {
  const after = conversation.lastMessageAt.toMillis() + 1;
  return {
    id,
    conversationId: conversation.id,
    channel: conversation.channel,
    sender: manual.author,
    senderType: "admin",
    text: manual.text,
    words: searchWords(manual.text),
    timestamp: Timestamp.fromMillis(Math.max(now, after)),
    isAutomation: false,
    metadata: outboundMetadata(conversation),
    createdAt: Timestamp.fromMillis(now),
    kind: manual.attachment ? kindOf(manual.attachment) : "text",
    status: "pending",
    ...(manual.attachment && { attachments: [manual.attachment] }),
    ...(manual.trace !== undefined && { trace: manual.trace }),
  };
}

/** A file's type is the kind of its message. */
function kindOf({ type }: Attachment): MessageKind {
  return MESSAGE_KINDS.find((kind) => kind === type) ?? "document";
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
    customer: addressOf(conversation),
    status: "pending",
    attempts: 0,
    createdAt: Timestamp.fromMillis(now),
    updatedAt: Timestamp.fromMillis(now),
    ...(conversation.account !== undefined && { account: conversation.account }),
    ...(bsuid !== undefined && { bsuid }),
  };
}
