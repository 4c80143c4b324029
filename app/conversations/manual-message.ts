import { type DocumentReference, type Firestore, Timestamp } from "firebase-admin/firestore";
import type { Attachment } from "../attachments/model.ts";
import { MESSAGE_KINDS, type MessageKind, type OutboundTemplate, type SendingWindow } from "../channels/channel.ts";
import { searchWords } from "../search/words.ts";
import { changeDocument } from "./change.ts";
import { conversationAt } from "./claim.ts";
import { deliver } from "./deliver.ts";
import { finishTasks, NOTHING_LEFT } from "./follow-up-tasks.ts";
import { wordsOf } from "./history.ts";
import { hashedId } from "./ids.ts";
import { COLLECTIONS, type Conversation, type Message, type OutboxRow, type RepliesQueue } from "./model.ts";
import { newRow, outboundMetadata } from "./outbound.ts";
import type { DeliveryDeps } from "./ports.ts";
import { Recent } from "./recent.ts";
import { answeredBy } from "./waiting.ts";
import { sendingWindow } from "./window.ts";

export interface ManualMessage {
  readonly conversationId: string;
  readonly text: string;
  /** WhatsApp: sent instead of the text, which is what the customer will read; also outside the window. */
  readonly template?: OutboundTemplate;
  /** An uploaded file; the text is its caption. */
  readonly attachment?: Attachment;
  /** Chosen by the inbox: the same id again is the same message, however often the request is repeated. */
  readonly clientMessageId: string;
  /** The person's id, as `messages.sender` keeps it. */
  readonly author: string;
  /** Our id of the message that it answers, shown as a quote where the channel can. */
  readonly replyTo?: string;
  /** Time of the newest message that the author had before them, in Unix milliseconds. @default no comparison */
  readonly seenAt?: number;
  readonly trace?: string;
}

export type ManualResult =
  | { readonly state: "written"; readonly message: Message }
  | { readonly state: "unknown_conversation" }
  /** The id was used for another text. */
  | { readonly state: "id_taken" }
  /** A colleague answered after what the author had before them. Nothing was written. */
  | { readonly state: "answered_meanwhile"; readonly by: string }
  | { readonly state: "window"; readonly window: SendingWindow };

export interface ManualDeps extends DeliveryDeps {
  readonly db: Firestore;
  readonly replies: RepliesQueue;
}

/** One person's message has one id, so that a repeated request never sends twice. */
export function manualMessageId(conversationId: string, clientMessageId: string): string {
  return hashedId(`${conversationId}\nmanual\n${clientMessageId}`);
}

/** Writes a person's message, takes the conversation over from the bot in the same transaction, and sends it. */
export async function sendManualMessage(deps: ManualDeps, manual: ManualMessage): Promise<ManualResult> {
  const recent = new Recent();
  const written = await write(deps, manual, recent);
  if (written.state !== "written") return written;
  const delivery = await deliver(deps, written.message.id, recent);
  // Somebody has to look again: the worker, through the queue, and after it the sweep.
  if (delivery.state === "wait") await requeue(deps, manual);
  const stored = await deps.db.collection(COLLECTIONS.messages).doc(written.message.id).get();
  return { state: "written", message: stored.data() as Message };
}

async function requeue(deps: ManualDeps, manual: ManualMessage): Promise<void> {
  try {
    await deps.replies.publish({
      conversationId: manual.conversationId,
      ...(manual.trace !== undefined && { trace: manual.trace }),
    });
  } catch (error) {
    deps.log.warn({ err: error, conversationId: manual.conversationId }, "Not queued; the sweep will find the message");
  }
}

function write(deps: ManualDeps, manual: ManualMessage, recent: Recent): Promise<ManualResult> {
  const { db } = deps;
  const id = manualMessageId(manual.conversationId, manual.clientMessageId);
  const place = db.collection(COLLECTIONS.messages).doc(id) as DocumentReference<Message>;
  const outbox = db.collection(COLLECTIONS.outbox).doc(id) as DocumentReference<OutboxRow>;
  return changeDocument<Conversation, ManualResult>(conversationAt(db, manual.conversationId), async (conversation) => {
    if (!conversation) return { result: { state: "unknown_conversation" } };
    const earlier = (await place.get()).data();
    if (earlier) {
      return { result: isSame(earlier, manual) ? { state: "written", message: earlier } : { state: "id_taken" } };
    }
    const colleague = answeredMeanwhile(conversation, manual);
    if (colleague !== undefined) return { result: { state: "answered_meanwhile", by: colleague } };
    const now = deps.now();
    const lastInboundAt = conversation.lastInboundAt?.toMillis() ?? 0;
    const window = sendingWindow(deps.channels, conversation.channel, lastInboundAt, now);
    if (!mayLeave(manual, conversation, window)) return { result: { state: "window", window } };
    const message = personMessage(id, conversation, manual, now);
    const quoted = await quotedBy(db, manual);
    if (quoted !== undefined) message.replyTo = quoted;
    const answered = answeredBy("person", conversation, now);
    const row = {
      ...personRow(id, conversation, manual, now),
      ...answered.row,
      ...(quoted !== undefined && { replyTo: quoted }),
    };
    return {
      result: { state: "written", message },
      fields: { ...takeoverFields(conversation, message), ...answered.fields },
      also: (batch) => {
        batch.create(place, message);
        batch.create(outbox, row);
        finishTasks(db, batch, conversation, manual.author, now);
      },
      written: (version) => {
        recent.keep(place, message, version);
        recent.keep(outbox, row, version);
      },
    };
  });
}

function isSame(earlier: Message, manual: ManualMessage): boolean {
  return earlier.text === manual.text && earlier.attachments?.[0]?.object === manual.attachment?.object;
}

function mayLeave(manual: ManualMessage, { channel }: Conversation, { state }: SendingWindow): boolean {
  if (manual.template) return channel === "whatsapp";
  return state === "open" || state === "person_only";
}

/** Two people read the same question; the second answer must not leave without its author knowing of the first. */
function answeredMeanwhile(
  { lastPersonAnswer: last }: Pick<Conversation, "lastPersonAnswer">,
  { seenAt, author }: Pick<ManualMessage, "seenAt" | "author">,
): string | undefined {
  if (last === undefined || seenAt === undefined || last.by === author) return undefined;
  return last.at.toMillis() > seenAt ? last.by : undefined;
}

/** The provider's id of the message that is answered; a message that has none is answered without a quote. */
async function quotedBy(db: Firestore, { replyTo, conversationId }: ManualMessage): Promise<string | undefined> {
  if (replyTo === undefined) return undefined;
  const found = (await db.collection(COLLECTIONS.messages).doc(replyTo).get()).data() as Message | undefined;
  return found?.conversationId === conversationId ? found.providerId : undefined;
}

function personRow(id: string, conversation: Conversation, manual: ManualMessage, now: number): OutboxRow {
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

function personMessage(id: string, conversation: Conversation, manual: ManualMessage, now: number): Message {
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

/** The person has the conversation now, and has seen and answered everything in it. */
function takeoverFields(conversation: Conversation, message: Message): Partial<Conversation> {
  return {
    mode: "human",
    status: "active",
    awaitingReply: false,
    answeredCount: conversation.inboundCount ?? 0,
    needsPerson: false,
    ...NOTHING_LEFT,
    unread: 0,
    assignedTo: conversation.assignedTo ?? message.sender,
    lastPersonAnswer: { at: message.timestamp, by: message.sender },
    snooze: null,
    lastMessage: wordsOf(message),
    lastMessageAt: message.timestamp,
    lastMessageSender: message.sender,
    updatedAt: message.createdAt,
  };
}
