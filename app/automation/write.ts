import {
  type DocumentSnapshot,
  FieldValue,
  type Firestore,
  Timestamp,
  type WriteBatch,
} from "firebase-admin/firestore";
import { updateSeen } from "../conversations/change.ts";
import { type OmniNews, omniLog } from "../conversations/log-rows.ts";
import { BOT_ID, COLLECTIONS, type Conversation, type Message, type OutboxRow } from "../conversations/model.ts";
import { newRow, outboundMetadata } from "../conversations/outbound.ts";
import { createOutgoing, holdMode, type Outgoing } from "../conversations/outgoing.ts";
import type { Seen } from "../conversations/recent.ts";
import type { Decision } from "./decide.ts";
import type { Gathered } from "./gather.ts";
import { automationMessageId } from "./ids.ts";
import { AUTOMATION_COLLECTIONS, type CustomerPause, type InboxTask, type SendRow, type Way } from "./model.ts";
import { sendRef } from "./rows.ts";
import type { Case, Trigger } from "./trigger.ts";

/** One batch's worth of writing. */
export interface Scene {
  readonly db: Firestore;
  readonly batch: WriteBatch;
  readonly trigger: Pick<Trigger, "name">;
  readonly row: SendRow;
  /** Of the row, as it was last written or read. */
  readonly version: Timestamp;
  readonly gathered: Gathered;
  readonly now: number;
}

/** What a decision makes of the row, and of a message that is to leave. */
export interface Written {
  readonly row: SendRow;
  readonly said?: Said;
}

/** A message that is to leave, and its conversation afterwards. */
export interface Said {
  readonly outgoing: Outgoing;
  readonly conversation: Conversation;
}

/** Writes what was decided, the row first of all. */
export function writeDecision(scene: Scene, decision: Decision): Written {
  switch (decision.action) {
    case "skip": {
      const row = update(scene, { ...DONE, outcome: "skipped", reason: decision.reason });
      writeLog(scene, { success: true, outcome: `skipped_${decision.reason}` });
      return { row };
    }
    case "defer":
      return { row: update(scene, { state: "deferred", reason: decision.reason, retryAt: at(decision.until) }) };
    case "task": {
      const row = update(scene, { ...DONE, outcome: "task", reason: decision.reason });
      writeTask(scene, decision);
      return { row };
    }
    case "send":
      return writeSend(scene, decision);
  }
}

export const DONE = { open: false, state: "done" } as const;

function update({ db, batch, row, version, now }: Scene, change: Partial<SendRow>): SendRow {
  const changed = { ...change, updatedAt: at(now) };
  batch.update(sendRef(db, row.id), changed, { lastUpdateTime: version });
  return { ...row, ...changed };
}

function writeSend(scene: Scene, { case: due, way, reason, about }: Extract<Decision, { action: "send" }>): Written {
  const { row, gathered } = scene;
  const attempts = row.attempts + 1;
  const messageId = automationMessageId(row.id, attempts);
  const sending = update(scene, {
    state: "sending",
    way,
    messageId,
    attempts,
    ...(reason !== undefined && { reason }),
    ...(gathered.pause && { customer: gathered.pause.id }),
  });
  const said = way.kind === "email" ? undefined : writeMessage(scene, due, way, messageId);
  const elsewhere = way.kind === "email" || way.conversationId !== about;
  const owner = about !== undefined && elsewhere ? conversationOf(scene, about) : undefined;
  if (owner?.exists) holdMode(scene.batch, owner);
  writePause(scene);
  return { row: sending, ...(said && { said }) };
}

function writePause({ batch, row, gathered: { pause }, now }: Scene): void {
  if (!pause) return;
  const next: CustomerPause = { at: at(now), sendId: row.id, expireAt: row.expireAt };
  if (pause.exists) updateSeen(batch, pause, { ...next });
  else batch.create(pause.ref, next);
}

function conversationOf({ gathered }: Scene, id: string): Seen<Conversation> | undefined {
  return gathered.conversations.find((one) => one.id === id) as DocumentSnapshot<Conversation> | undefined;
}

function writeMessage(scene: Scene, due: Case, way: Exclude<Way, { kind: "email" }>, id: string): Said {
  const { db, batch, trigger, row, now } = scene;
  const seen = conversationOf(scene, way.conversationId);
  const stored = seen?.data();
  const conversation = stored ?? newWebChat(way.conversationId, due, now);
  const after = (conversation.lastMessageAt?.toMillis() ?? 0) + 1;
  const timestamp = at(Math.max(now, after));
  const message: Message = {
    id,
    conversationId: conversation.id,
    channel: conversation.channel,
    sender: BOT_ID,
    senderType: "bot",
    text: due.message.text,
    timestamp,
    isAutomation: true,
    metadata: outboundMetadata(conversation),
    createdAt: at(now),
    kind: "text",
    status: "pending",
  };
  const outboxRow: OutboxRow = {
    ...newRow(id, conversation, now),
    text: due.message.text,
    author: "bot",
    lastInboundAt: conversation.lastInboundAt ?? at(0),
    automation: trigger.name,
    ...(conversation.userType && { userType: conversation.userType }),
    ...(way.kind === "chat" && way.template && { template: way.template }),
  };
  const outgoing = { row: outboxRow, message };
  createOutgoing(db, batch, outgoing);
  const news = {
    lastMessage: message.text,
    lastMessageAt: timestamp,
    lastMessageSender: BOT_ID,
    lastAutomation: { at: timestamp, sendId: row.id, trigger: trigger.name },
    updatedAt: at(now),
  };
  if (seen?.exists) updateSeen(batch, seen, news);
  else batch.create(db.collection(COLLECTIONS.conversations).doc(conversation.id), { ...conversation, ...news });
  return { outgoing, conversation: { ...conversation, ...news } };
}

/** The chat of a user who has not written yet: it is there when they open the widget. */
function newWebChat(id: string, due: Case, now: number): Conversation {
  const userId = due.userId ?? id.slice("webchat_".length);
  return {
    id,
    channel: "webchat",
    participants: [userId, BOT_ID],
    contact: { userId, ...(due.name !== undefined && { name: due.name }) },
    lastMessage: "",
    lastMessageAt: at(now - 1),
    lastMessageSender: BOT_ID,
    status: "active",
    updatedAt: at(now),
  };
}

function writeTask(scene: Scene, decision: Extract<Decision, { action: "task" }>): void {
  const { db, batch, trigger, row, now } = scene;
  const { text } = decision.case.message;
  const { reason, conversationId } = decision;
  const task: InboxTask = {
    id: row.id,
    type: "automation",
    status: "open",
    trigger: trigger.name,
    reason,
    text,
    createdAt: at(now),
    ...(conversationId !== undefined && { conversationId }),
    ...(decision.case.userId !== undefined && { userId: decision.case.userId }),
  };
  batch.set(db.collection(AUTOMATION_COLLECTIONS.tasks).doc(row.id), task);
  const seen = conversationId === undefined ? undefined : conversationOf(scene, conversationId);
  if (seen) {
    const stored = seen.data();
    const raised = stored?.needsPerson !== true || stored.followUp?.raised === true;
    const followUp = { trigger: trigger.name, text, reason, at: at(now), raised };
    const openTasks = FieldValue.arrayUnion(row.id);
    updateSeen(batch, seen, { needsPerson: true, followUp, openTasks, updatedAt: at(now) });
  }
  writeLog(scene, { success: false, outcome: "task", error: reason });
}

/** `omni_logs`, once per send: a repetition writes the same document. */
export function writeLog(
  {
    db,
    batch,
    trigger,
    row,
    gathered,
    now,
  }: Pick<Scene, "db" | "batch" | "trigger" | "row" | "now"> & {
    readonly gathered?: Gathered;
  },
  news: Omit<OmniNews, "type">,
): void {
  const conversation = gathered?.conversations[0]?.data() as Conversation | undefined;
  const subject = {
    conversationId: conversation?.id ?? `${row.collection}/${row.entity}`,
    channel: row.way?.kind === "email" ? "email" : (conversation?.channel ?? "none"),
    userType: conversation?.userType ?? "cliente",
  };
  const log = omniLog(subject, { type: `automation_${trigger.name}`, ...news }, now);
  batch.set(db.collection(COLLECTIONS.omniLogs).doc(automationMessageId(row.id, 0)), log);
}

function at(milliseconds: number): Timestamp {
  return Timestamp.fromMillis(milliseconds);
}
