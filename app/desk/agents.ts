import { FieldValue, type Firestore, Timestamp } from "firebase-admin/firestore";
import { type Agent, DESK_COLLECTIONS } from "./model.ts";

/** Who is at the desk, from their verified token. */
export interface AtTheDesk {
  readonly uid: string;
  readonly name?: string;
  readonly email?: string;
  readonly role: Agent["role"];
}

/** How a colleague is called. */
export function agentName({ name, email, uid }: Pick<AtTheDesk, "uid" | "name" | "email">): string {
  return name ?? email ?? uid;
}

/** Writes down that somebody is there, under the name that their token bears. @param now Unix milliseconds */
export async function recordAgent(db: Firestore, person: AtTheDesk, now: number): Promise<Agent> {
  const agent: Agent = {
    id: person.uid,
    name: agentName(person),
    role: person.role,
    seenAt: Timestamp.fromMillis(now),
    ...(person.email !== undefined && { email: person.email }),
  };
  // Joined with what stands there: a page that is only now reached by the network has yet to see `signedOutAt`.
  const fields = { ...agent, leftAt: FieldValue.delete() };
  await db.collection(DESK_COLLECTIONS.agents).doc(person.uid).set(fields, { merge: true });
  return agent;
}

/** Tells the pages that somebody has open elsewhere to sign out. @param now Unix milliseconds */
export async function recordSignedOut(db: Firestore, uid: string, now: number): Promise<void> {
  const fields = { signedOutAt: Timestamp.fromMillis(now) };
  await db.collection(DESK_COLLECTIONS.agents).doc(uid).set(fields, { merge: true });
}

/**
 * Somebody no longer works here: what they kept for themselves is removed, nobody assigns or mentions them any more, and
 * their open pages leave at once. Their name stays beside what they wrote.
 * @param now Unix milliseconds
 */
export async function recordLeft(db: Firestore, uid: string, now: number): Promise<void> {
  const place = db.collection(DESK_COLLECTIONS.agents).doc(uid);
  const batch = db.batch().delete(db.collection(DESK_COLLECTIONS.views).doc(uid));
  const at = Timestamp.fromMillis(now);
  if ((await place.get()).exists) batch.update(place, { leftAt: at, signedOutAt: at });
  await batch.commit();
}
