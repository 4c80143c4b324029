import { type Firestore, Timestamp } from "firebase-admin/firestore";
import { conversationId } from "../conversations/ids.ts";
import { COLLECTIONS } from "../conversations/model.ts";
import type { Visitor } from "./session.ts";

/** Messages that one mark may reach. */
const MOST = 100;

/**
 * The visitor has seen everything up to this moment. A failed commit may have been made all the same (Firestore says
 * UNKNOWN or UNAVAILABLE then), and marking again finds only what is left: so it is tried once more.
 * @param upTo Unix milliseconds @returns how many messages became read
 */
export function markRead(db: Firestore, visitor: Visitor, upTo: number): Promise<number> {
  return markUnread(db, visitor, upTo).catch(() => markUnread(db, visitor, upTo));
}

async function markUnread(db: Firestore, visitor: Visitor, upTo: number): Promise<number> {
  const said = await db
    .collection(COLLECTIONS.messages)
    .where("conversationId", "==", conversationId("webchat", visitor.id))
    .where("status", "in", ["sent", "delivered"])
    .where("timestamp", "<=", Timestamp.fromMillis(upTo))
    .orderBy("timestamp", "desc")
    .limit(MOST)
    .get();
  if (said.empty) return 0;
  const batch = db.batch();
  for (const message of said.docs) batch.update(message.ref, { status: "read" });
  await batch.commit();
  return said.size;
}
