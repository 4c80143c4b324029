import { type Firestore, Timestamp } from "firebase-admin/firestore";
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
    const done = { status: "done", doneBy: by, doneAt: Timestamp.fromMillis(now) } as const;
    transaction.update(reference, done);
    return { ...task, ...done };
  });
}
