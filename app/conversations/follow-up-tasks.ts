import { type Firestore, Timestamp, type WriteBatch } from "firebase-admin/firestore";
import { COLLECTIONS, type Conversation } from "./model.ts";

/** What automations left to people: done as soon as a person has answered the customer, or closed the conversation. */

/** What a conversation holds once nothing is left over for a person. */
export const NOTHING_LEFT = { followUp: null, openTasks: [] } satisfies Partial<Conversation>;

/** @param by the person's uid, or the account in which they answered · @param now Unix milliseconds */
export function doneFields(by: string, now: number) {
  return { status: "done", doneBy: by, doneAt: Timestamp.fromMillis(now) } as const;
}

/** Closes the conversation's tasks in the batch that writes what closes them. */
export function finishTasks(
  db: Firestore,
  batch: WriteBatch,
  { openTasks = [] }: Pick<Conversation, "openTasks">,
  by: string,
  now: number,
): void {
  const tasks = db.collection(COLLECTIONS.tasks);
  // Merged, not updated: a task that is no longer there must not keep an answer from being sent.
  for (const id of openTasks) batch.set(tasks.doc(id), doneFields(by, now), { merge: true });
}

/** Whether the conversation waits for a person because of nothing but its follow-up. */
export function waitsForFollowUp({
  followUp,
  lastInboundAt,
}: Pick<Conversation, "followUp" | "lastInboundAt">): boolean {
  if (!followUp?.raised) return false;
  return (lastInboundAt?.toMillis() ?? 0) <= followUp.at.toMillis();
}
