import type { Firestore } from "firebase-admin/firestore";
import type { Attachment } from "../attachments/model.ts";
import type { OutboundTemplate, SendingWindow } from "../channels/channel.ts";
import { changeDocument } from "./change.ts";
import { conversationAt } from "./claim.ts";
import { bring, deliver } from "./deliver.ts";
import { finishTasks, NOTHING_LEFT } from "./follow-up-tasks.ts";
import { wordsOf } from "./history.ts";
import { hashedId } from "./ids.ts";
import type { Conversation, Message, OutboxRow, RepliesQueue } from "./model.ts";
import { personMessage, personRow } from "./outbound.ts";
import { asSending, createOutgoing, keepOutgoing, messageAt } from "./outgoing.ts";
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
  const { row, message } = written;
  const delivery = await (row ? bring(deps, row, recent) : deliver(deps, message.id));
  // Somebody has to look again: the worker, through the queue, and after it the sweep.
  if (delivery.state === "wait") await requeue(deps, manual);
  const stored = await messageAt(deps.db, message.id).get();
  return { state: "written", message: stored.data() ?? message };
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

/** What is written now is also sent now; what an earlier request wrote may be anywhere on its way. */
type Written = ManualResult & { readonly row?: OutboxRow };

function write(deps: ManualDeps, manual: ManualMessage, recent: Recent): Promise<Written> {
  const { db } = deps;
  const id = manualMessageId(manual.conversationId, manual.clientMessageId);
  return changeDocument<Conversation, Written>(conversationAt(db, manual.conversationId), async (conversation) => {
    if (!conversation) return { result: { state: "unknown_conversation" } };
    const earlier = (await messageAt(db, id).get()).data();
    if (earlier) {
      return { result: isSame(earlier, manual) ? { state: "written", message: earlier } : { state: "id_taken" } };
    }
    const colleague = answeredMeanwhile(conversation, manual);
    if (colleague !== undefined) return { result: { state: "answered_meanwhile", by: colleague } };
    const now = deps.now();
    const lastInboundAt = conversation.lastInboundAt?.toMillis() ?? 0;
    const window = sendingWindow(deps.channels, conversation.channel, lastInboundAt, now);
    if (!mayLeave(manual, conversation, window)) return { result: { state: "window", window } };
    const answered = answeredBy("person", conversation, now);
    const quoted = await quotedBy(db, manual);
    const outgoing = asSending(
      {
        row: { ...personRow(id, conversation, manual, now), ...answered.row, ...quoted },
        message: { ...personMessage(id, conversation, manual, now), ...quoted },
      },
      now,
    );
    const { row, message } = outgoing;
    return {
      result: { state: "written", message, row },
      fields: { ...takeoverFields(conversation, message), ...answered.fields },
      also: (batch) => {
        createOutgoing(db, batch, outgoing);
        finishTasks(db, batch, conversation, manual.author, now);
      },
      written: (version) => keepOutgoing(db, recent, outgoing, version),
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
async function quotedBy(db: Firestore, { replyTo, conversationId }: ManualMessage): Promise<{ replyTo?: string }> {
  if (replyTo === undefined) return {};
  const found = (await messageAt(db, replyTo).get()).data();
  if (found?.conversationId !== conversationId || found.providerId === undefined) return {};
  return { replyTo: found.providerId };
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
