import { hash } from "node:crypto";
import { type Firestore, Timestamp, type WriteBatch } from "firebase-admin/firestore";
import { BACK_TEXT } from "../assistant/texts.ts";
import type { SendingWindow } from "../channels/channel.ts";
import type { HandoffReturnedLine } from "../telemetry/assistant-events.ts";
import type { Log } from "../telemetry/log.ts";
import { changeDocument, type Decided } from "./change.ts";
import { conversationAt } from "./claim.ts";
import { customerLabel } from "./deliver.ts";
import { omniLog } from "./log-rows.ts";
import { BOT_ID, COLLECTIONS, type Conversation, type Message, type OutboxRow, type RepliesQueue } from "./model.ts";
import { newRow, outboundMetadata } from "./outbound.ts";
import { type Channels, sendingWindow } from "./window.ts";

/**
 * What becomes of a conversation that the bot handed over and nobody took: after a while the customer is offered the bot
 * again. The wish for a person stays: agents still see the conversation as waiting, and whoever takes it has it.
 */

/** Conversations that one run looks at; the next minute's run goes on with the rest. */
export const HAND_BACK_LIMIT = 200;

export interface HandBackDeps {
  readonly db: Firestore;
  readonly channels: Channels;
  readonly replies: RepliesQueue;
  readonly log: Log;
  /** Unix milliseconds. */
  readonly now: () => number;
}

export type HandBackDecision =
  /** The customer is told, and the bot answers from now on. */
  | "offer"
  /** The bot answers from now on; the channel allows no message any more. */
  | "quiet"
  /** There is nothing to hand back: a person has taken it, or it is closed. */
  | "taken"
  | "wait";

/** @param timeoutMs how long a person has to take it, from the hand-off on */
export function decideHandBack(
  conversation: Pick<Conversation, "mode" | "status" | "needsPerson" | "assignedTo" | "handoffAt">,
  window: SendingWindow["state"],
  timeoutMs: number,
  now: number,
): HandBackDecision {
  const { mode, status, needsPerson, assignedTo, handoffAt } = conversation;
  const waiting = mode === "human" && status === "active" && needsPerson === true && assignedTo == null;
  if (!waiting || !handoffAt) return "taken";
  if (now - handoffAt.toMillis() < timeoutMs) return "wait";
  return window === "open" ? "offer" : "quiet";
}

/**
 * Hands back what has waited too long. Safe to run side by side: each hand-off is handed back once.
 * @returns how many were
 */
export async function handBackOverdue(deps: HandBackDeps, timeoutMs: number): Promise<number> {
  if (timeoutMs === 0) return 0;
  const overdue = await deps.db
    .collection(COLLECTIONS.conversations)
    .where("handoffAt", "<=", Timestamp.fromMillis(deps.now() - timeoutMs))
    .orderBy("handoffAt")
    .limit(HAND_BACK_LIMIT)
    .get();
  let returned = 0;
  for (const { id } of overdue.docs) {
    const decision = await handBack(deps, id, timeoutMs);
    if (decision === "offer" || decision === "quiet") returned += 1;
    // The worker sends it; what is not queued here the sweep finds.
    if (decision === "offer") await deps.replies.publish({ conversationId: id });
  }
  return returned;
}

async function handBack(deps: HandBackDeps, id: string, timeoutMs: number): Promise<HandBackDecision> {
  const now = deps.now();
  let seen: Conversation | undefined;
  const decision = await changeDocument<Conversation, HandBackDecision>(conversationAt(deps.db, id), (conversation) => {
    seen = conversation;
    if (!conversation) return { result: "taken" };
    const lastInboundAt = conversation.lastInboundAt?.toMillis() ?? 0;
    const window = sendingWindow(deps.channels, conversation.channel, lastInboundAt, now);
    const decided = decideHandBack(conversation, window.state, timeoutMs, now);
    if (decided === "wait") return { result: decided };
    // Nobody else has to take the mark away: the next run finds that the conversation has been taken, and does.
    if (decided === "taken") return { result: decided, fields: { handoffAt: null } };
    return { result: decided, ...returned(deps.db, conversation, decided, now) };
  });
  if (seen?.handoffAt && (decision === "offer" || decision === "quiet")) report(deps, seen, seen.handoffAt, now);
  return decision;
}

/** The model sees nothing from before: it would only hand over again. What the customer wrote meanwhile is a person's. */
function returned(
  db: Firestore,
  conversation: Conversation,
  decision: "offer" | "quiet",
  now: number,
): Omit<Decided<Conversation, never>, "result"> {
  const time = Timestamp.fromMillis(now);
  const id = hash("sha256", `${conversation.id}\nhand-back\n${conversation.handoffAt?.toMillis() ?? 0}`, "hex").slice(
    0,
    40,
  );
  const message = offerMessage(id, conversation, now);
  const subject = { conversationId: conversation.id, channel: conversation.channel };
  const news = { type: "handoff_returned", success: true, outcome: decision };
  const row = omniLog({ ...subject, userType: conversation.userType ?? "cliente" }, news, now);
  const offered = decision === "offer";
  return {
    fields: {
      mode: "bot",
      handoffAt: null,
      botSince: time,
      awaitingReply: false,
      answeredCount: conversation.inboundCount ?? 0,
      updatedAt: time,
      ...(offered && {
        lastMessage: message.text,
        lastMessageAt: message.timestamp,
        lastMessageSender: BOT_ID,
      }),
    },
    also: (batch: WriteBatch) => {
      batch.set(db.collection(COLLECTIONS.omniLogs).doc(`handback_${id}`), row);
      if (!offered) return;
      batch.create(db.collection(COLLECTIONS.messages).doc(id), message);
      batch.create(db.collection(COLLECTIONS.outbox).doc(id), offerRow(id, conversation, message.text, now));
    },
  };
}

function offerMessage(id: string, conversation: Conversation, now: number): Message {
  return {
    id,
    conversationId: conversation.id,
    channel: conversation.channel,
    sender: BOT_ID,
    senderType: "bot",
    text: BACK_TEXT[conversation.language ?? "pt"],
    timestamp: Timestamp.fromMillis(Math.max(now, conversation.lastMessageAt.toMillis() + 1)),
    isAutomation: false,
    metadata: outboundMetadata(conversation),
    createdAt: Timestamp.fromMillis(now),
    kind: "text",
    status: "pending",
  };
}

function offerRow(id: string, conversation: Conversation, text: string, now: number): OutboxRow {
  return {
    ...newRow(id, conversation, now),
    text,
    author: "bot",
    lastInboundAt: conversation.lastInboundAt ?? Timestamp.fromMillis(0),
    userType: conversation.userType ?? "cliente",
    outcome: "handoff_returned",
  };
}

function report(deps: HandBackDeps, { id, channel }: Conversation, handoffAt: Timestamp, now: number): void {
  const waitedMinutes = Math.round((now - handoffAt.toMillis()) / 60_000);
  const line: HandoffReturnedLine = { event: "handoff_returned", conversationId: id, channel, waitedMinutes };
  deps.log.info(line, `[Omni IA] Devolvida ao bot, ninguém assumiu: ${customerLabel(channel, id)}`);
}
