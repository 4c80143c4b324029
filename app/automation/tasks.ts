import type { Firestore } from "firebase-admin/firestore";
import { doneFields, NOTHING_LEFT, waitsForFollowUp } from "../conversations/follow-up-tasks.ts";
import { COLLECTIONS, type Conversation } from "../conversations/model.ts";
import { AUTOMATION_COLLECTIONS, type InboxTask } from "./model.ts";

/** What automations left to people: shown until somebody says that it is done. */

/** More than a team works off in a day; what is done makes room. */
const MOST_OPEN = 200;

/** The open ones, oldest first. */
export async function listOpenTasks(db: Firestore): Promise<InboxTask[]> {
  const tasks = db.collection(AUTOMATION_COLLECTIONS.tasks);
  const { docs } = await tasks.where("status", "==", "open").limit(MOST_OPEN).get();
  const open = docs.map((document) => document.data() as InboxTask);
  return open.sort((a, b) => a.createdAt.toMillis() - b.createdAt.toMillis());
}

/** @param by who did it · @param now Unix milliseconds @returns undefined when there is none of this id */
export function finishTask(db: Firestore, id: string, by: string, now: number): Promise<InboxTask | undefined> {
  const reference = db.collection(AUTOMATION_COLLECTIONS.tasks).doc(id);
  return db.runTransaction(async (transaction) => {
    const task = (await transaction.get(reference)).data() as InboxTask | undefined;
    if (!task || task.status === "done") return task;
    const owner = task.conversationId && db.collection(COLLECTIONS.conversations).doc(task.conversationId);
    const conversation = owner && ((await transaction.get(owner)).data() as Conversation | undefined);
    const done = doneFields(by, now);
    transaction.update(reference, done);
    if (owner && conversation) transaction.update(owner, withoutTask(conversation, id));
    return { ...task, ...done };
  });
}

/** The conversation stops asking for a person when this was the last task, and all that it asked for. */
function withoutTask(conversation: Conversation, id: string): Partial<Conversation> {
  const openTasks = conversation.openTasks?.filter((other) => other !== id) ?? [];
  if (openTasks.length > 0) return { openTasks };
  return { ...NOTHING_LEFT, ...(waitsForFollowUp(conversation) && { needsPerson: false }) };
}
