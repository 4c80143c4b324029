import type { Firestore } from "firebase-admin/firestore";
import { COLLECTIONS, type Conversation } from "../conversations/model.ts";
import type { Metrics } from "./response.ts";

export type QueueDepths = NonNullable<Metrics["now"]["queues"]>;

/** Where it can be asked how many messages a queue holds. Never throws; null: nobody can say. */
export type ReadQueueDepths = () => Promise<QueueDepths | null>;

/** As it is now: four counts, billed as one read in a thousand each, and the conversation that waits longest. */
export async function readPresent(db: Firestore, queues: ReadQueueDepths): Promise<Metrics["now"]> {
  const conversations = db.collection(COLLECTIONS.conversations);
  const waiting = conversations.where("awaitingReply", "==", true);
  const counts = [
    waiting,
    conversations.where("needsPerson", "==", true),
    db.collection(COLLECTIONS.outbox).where("status", "in", ["pending", "sending"]),
    db.collection("tasks").where("status", "==", "open"),
  ].map(async (query) => (await query.count().get()).data().count);
  const [oldest, depths, ...found] = await Promise.all([
    waiting.orderBy("updatedAt").limit(1).get(),
    queues(),
    ...counts,
  ]);
  const first = oldest.docs[0]?.data() as Conversation | undefined;
  const since = first && (first.waitingSince ?? first.lastInboundAt);
  const [waits = 0, needsPerson = 0, unsent = 0, tasks = 0] = found;
  return {
    waiting: waits,
    waitingSince: since ? since.toDate().toISOString() : null,
    needsPerson,
    unsent,
    tasks,
    queues: depths,
  };
}
