import { type Firestore, Timestamp, type UpdateData, type WriteBatch } from "firebase-admin/firestore";
import { changeDocument } from "./change.ts";
import { conversationAt } from "./claim.ts";
import { finishTasks, NOTHING_LEFT } from "./follow-up-tasks.ts";
import { CLOSED, type OmniLog, omniLog } from "./log-rows.ts";
import { COLLECTIONS, type Conversation } from "./model.ts";

/** What a person in the inbox may do to a conversation. */
export type StaffAction =
  | { readonly type: "assign"; readonly assignee: string | null }
  | { readonly type: "mode"; readonly mode: "bot" | "human" }
  | { readonly type: "close" }
  | { readonly type: "reopen" }
  /** `until` in Unix milliseconds; null takes it up again. */
  | { readonly type: "snooze"; readonly until: number | null }
  | { readonly type: "read" };

/**
 * The fields that an action changes.
 *
 * Handing back and closing set the marker before which the model sees nothing: it would hand over again at once. A
 * closed conversation belongs to the bot, so that the customer who writes next week is answered; reopening gives it back
 * to whoever had it.
 *
 * @param by who acts · @param now Unix milliseconds
 */
export function staffFields(
  action: StaffAction,
  conversation: Pick<Conversation, "inboundCount" | "assignedTo" | "mode" | "beforeClose">,
  by: string,
  now: number,
): UpdateData<Conversation> {
  const time = Timestamp.fromMillis(now);
  const settled = { awaitingReply: false, answeredCount: conversation.inboundCount ?? 0, needsPerson: false };
  switch (action.type) {
    case "assign":
      return { assignedTo: action.assignee, updatedAt: time };
    case "mode":
      return action.mode === "human"
        ? { ...settled, mode: "human", assignedTo: conversation.assignedTo ?? by, updatedAt: time }
        : { ...settled, mode: "bot", assignedTo: null, botSince: time, waitingSince: null, updatedAt: time };
    case "close": {
      const beforeClose = { mode: conversation.mode ?? "bot", assignedTo: conversation.assignedTo ?? null };
      const handedBack = { mode: "bot", assignedTo: null, botSince: time } as const;
      const ended = { session: null, waitingSince: null, snooze: null };
      return {
        ...settled,
        ...handedBack,
        ...ended,
        ...NOTHING_LEFT,
        status: "closed",
        unread: 0,
        beforeClose,
        updatedAt: time,
      };
    }
    case "reopen":
      return { ...conversation.beforeClose, beforeClose: null, status: "active", updatedAt: time };
    case "snooze":
      return {
        snooze: action.until === null ? null : { until: Timestamp.fromMillis(action.until), at: time, by },
        updatedAt: time,
      };
    case "read":
      return { unread: 0 };
  }
}

/** The row of `omni_logs` that a closing leaves: how long the conversation took, for the metrics. */
function closedLog(conversation: Conversation, by: string, now: number): OmniLog {
  const { id, channel, userType = "cliente", session } = conversation;
  const news = {
    type: CLOSED,
    success: true,
    agent: by,
    withPerson: session?.person === true,
    ...(session && { durationMs: Math.max(0, now - session.since.toMillis()) }),
  };
  return omniLog({ conversationId: id, channel, userType }, news, now);
}

/** Applies an action. @returns the conversation as it is afterwards, or undefined when there is none of this id */
export async function actOnConversation(
  db: Firestore,
  id: string,
  action: StaffAction,
  by: string,
  now: number,
): Promise<Conversation | undefined> {
  const reference = conversationAt(db, id);
  const found = await changeDocument<Conversation, boolean>(reference, (conversation) => {
    if (!conversation) return { result: false };
    const fields = staffFields(action, conversation, by, now);
    if (action.type !== "close" || conversation.status === "closed") return { result: true, fields };
    const log = closedLog(conversation, by, now);
    const also = (batch: WriteBatch) => {
      batch.create(db.collection(COLLECTIONS.omniLogs).doc(), log);
      finishTasks(db, batch, conversation, by, now);
    };
    return { result: true, fields, also };
  });
  return found ? (await reference.get()).data() : undefined;
}
