import { type Firestore, Timestamp } from "firebase-admin/firestore";
import { DESK_COLLECTIONS, type Presence } from "./model.ts";
import { deskId } from "./notes.ts";

/** How long a presence stands that is not renewed, before the TTL policy may remove it. */
const PRESENCE_LIFE_MS = 3_600_000;

export interface Signal {
  readonly conversationId: string;
  readonly uid: string;
  readonly name: string;
  readonly state: Presence["state"];
}

/** Tells the colleagues that somebody reads or writes here. One document a person and conversation, written over. */
export async function signalPresence(db: Firestore, signal: Signal, now: number): Promise<void> {
  const id = deskId(signal.conversationId, signal.uid);
  const presence: Presence = {
    ...signal,
    id,
    at: Timestamp.fromMillis(now),
    expireAt: Timestamp.fromMillis(now + PRESENCE_LIFE_MS),
  };
  await db.collection(DESK_COLLECTIONS.presence).doc(id).set(presence);
}
