import { FieldValue, type Firestore, Timestamp, type Transaction } from "firebase-admin/firestore";
import { type OmniNews, omniLog } from "../conversations/log-rows.ts";
import { BOT_ID, COLLECTIONS, type Conversation, type Message, type OutboxRow } from "../conversations/model.ts";
import { newRow, outboundMetadata } from "../conversations/outbound.ts";
import type { Decision } from "./decide.ts";
import { automationMessageId } from "./ids.ts";
import type { Located, Snapshots } from "./locate.ts";
import { AUTOMATION_COLLECTIONS, type CustomerPause, type InboxTask, type SendRow, type Way } from "./model.ts";
import { sendRef } from "./rows.ts";
import type { Case, Trigger } from "./trigger.ts";

/** One transaction's worth of writing. */
export interface Scene {
  readonly db: Firestore;
  readonly transaction: Transaction;
  readonly trigger: Pick<Trigger, "name">;
  readonly row: SendRow;
  readonly located: Located;
  readonly snapshots: Snapshots;
  readonly now: number;
}

/** Writes what was decided. @returns the row as it is now */
export function writeDecision(scene: Scene, decision: Decision): SendRow {
  switch (decision.action) {
    case "skip":
      writeLog(scene, { success: true, outcome: `skipped_${decision.reason}` });
      return update(scene, { ...DONE, outcome: "skipped", reason: decision.reason });
    case "defer":
      return update(scene, { state: "deferred", reason: decision.reason, retryAt: at(decision.until) });
    case "task":
      writeTask(scene, decision);
      return update(scene, { ...DONE, outcome: "task", reason: decision.reason });
    case "send":
      return writeSend(scene, decision.case, decision.way, decision.reason);
  }
}

export const DONE = { open: false, state: "done" } as const;

function update(scene: Scene, change: Partial<SendRow>): SendRow {
  const changed = { ...change, updatedAt: at(scene.now) };
  scene.transaction.update(sendRef(scene.db, scene.row.id), changed);
  return { ...scene.row, ...changed };
}

function writeSend(scene: Scene, due: Case, way: Way, reason: SendRow["reason"]): SendRow {
  const { db, transaction, row, located, now } = scene;
  const attempts = row.attempts + 1;
  const messageId = automationMessageId(row.id, attempts);
  if (way.kind !== "email") writeMessage(scene, due, way, messageId);
  if (located.pause) {
    const pause: CustomerPause = { at: at(now), sendId: row.id, expireAt: row.expireAt };
    transaction.set(db.collection(AUTOMATION_COLLECTIONS.customers).doc(located.pause.id), pause);
  }
  return update(scene, {
    state: "sending",
    way,
    messageId,
    attempts,
    ...(reason !== undefined && { reason }),
    ...(located.pause && { customer: located.pause.id }),
  });
}

function writeMessage(scene: Scene, due: Case, way: Exclude<Way, { kind: "email" }>, id: string): void {
  const { db, transaction, trigger, row, snapshots, now } = scene;
  const owner = db.collection(COLLECTIONS.conversations).doc(way.conversationId);
  const stored = snapshots.get(owner.path)?.data() as Conversation | undefined;
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
  const outbox: OutboxRow = {
    ...newRow(id, conversation, now),
    text: due.message.text,
    author: "bot",
    lastInboundAt: conversation.lastInboundAt ?? at(0),
    automation: trigger.name,
    ...(conversation.userType && { userType: conversation.userType }),
    ...(way.kind === "chat" && way.template && { template: way.template }),
  };
  transaction.create(db.collection(COLLECTIONS.messages).doc(id), message);
  transaction.create(db.collection(COLLECTIONS.outbox).doc(id), outbox);
  const news = {
    lastMessage: message.text,
    lastMessageAt: timestamp,
    lastMessageSender: BOT_ID,
    lastAutomation: { at: timestamp, sendId: row.id, trigger: trigger.name },
    updatedAt: at(now),
  };
  if (stored) transaction.update(owner, news);
  else transaction.create(owner, { ...conversation, ...news });
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
  const { db, transaction, trigger, row, now } = scene;
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
  transaction.set(db.collection(AUTOMATION_COLLECTIONS.tasks).doc(row.id), task);
  if (conversationId !== undefined) {
    const owner = db.collection(COLLECTIONS.conversations).doc(conversationId);
    const stored = scene.snapshots.get(owner.path)?.data() as Conversation | undefined;
    const raised = stored?.needsPerson !== true || stored.followUp?.raised === true;
    const followUp = { trigger: trigger.name, text, reason, at: at(now), raised };
    const openTasks = FieldValue.arrayUnion(row.id);
    transaction.update(owner, { needsPerson: true, followUp, openTasks, updatedAt: at(now) });
  }
  writeLog(scene, { success: false, outcome: "task", error: reason });
}

/** `omni_logs`, once per send: a repetition writes the same document. */
export function writeLog(
  scene: Pick<Scene, "db" | "transaction" | "trigger" | "row" | "now" | "located" | "snapshots">,
  news: Omit<OmniNews, "type">,
): void {
  const { db, transaction, trigger, row, now } = scene;
  const [conversation] = scene.located.conversations.map(
    ({ path }) => scene.snapshots.get(path)?.data() as Conversation | undefined,
  );
  const subject = {
    conversationId: conversation?.id ?? `${row.collection}/${row.entity}`,
    channel: row.way?.kind === "email" ? "email" : (conversation?.channel ?? "none"),
    userType: conversation?.userType ?? "cliente",
  };
  const log = omniLog(subject, { type: `automation_${trigger.name}`, ...news }, now);
  transaction.set(db.collection(COLLECTIONS.omniLogs).doc(automationMessageId(row.id, 0)), log);
}

function at(milliseconds: number): Timestamp {
  return Timestamp.fromMillis(milliseconds);
}
