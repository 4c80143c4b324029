import { type Firestore, Timestamp } from "firebase-admin/firestore";
import { decideClaim, isAwaiting, isHeld, LEASE_MS } from "./decide.ts";
import { COLLECTIONS, type Conversation, type OutboxRow } from "./model.ts";
import type { Claim } from "./ports.ts";

/** Who may work: an id from the queue, the fencing token of this run, and the time in Unix milliseconds. */
export interface Claimant {
  readonly job: string;
  readonly token: string;
  readonly now: number;
}

/** Takes the lease on a conversation, or says why there is nothing to do. */
export async function claim(db: Firestore, conversationId: string, claimant: Claimant): Promise<Claim> {
  const reference = db.collection(COLLECTIONS.conversations).doc(conversationId);
  // A plain read first: most jobs of a burst end here, without a lock on the document that the webhook writes to.
  const seen = (await reference.get()).data() as Conversation | undefined;
  if (!seen) return { taken: false, reason: "unknown_conversation" };
  if (isHeld(seen, claimant.job, claimant.now)) return { taken: false, reason: "held" };
  const open = db
    .collection(COLLECTIONS.outbox)
    .where("conversationId", "==", conversationId)
    .where("status", "in", ["pending", "sending"]);
  return db.runTransaction(async (transaction): Promise<Claim> => {
    const conversation = (await transaction.get(reference)).data() as Conversation | undefined;
    if (!conversation) return { taken: false, reason: "unknown_conversation" };
    const rows = (await transaction.get(open)).docs.map((row) => row.data() as OutboxRow);
    const decision = decideClaim(conversation, rows.length, claimant.job, claimant.now);
    if (decision !== "take") {
      // A flag without anything behind it would keep the sweep busy for ever.
      const stale = conversation.awaitingReply === true && !isAwaiting(conversation);
      if (decision === "nothing_waiting" && stale) transaction.update(reference, { awaitingReply: false });
      return { taken: false, reason: decision };
    }
    transaction.update(reference, { lease: leaseOf(claimant) });
    return { taken: true, conversation, openRows: inOrder(rows).map((row) => row.id) };
  });
}

/** The lease as the document holds it. */
export function leaseOf(claimant: Claimant): NonNullable<Conversation["lease"]> {
  return {
    token: claimant.token,
    job: claimant.job,
    expiresAt: Timestamp.fromMillis(claimant.now + LEASE_MS),
  };
}

function inOrder(rows: readonly OutboxRow[]): OutboxRow[] {
  return rows.toSorted((a, b) => a.createdAt.toMillis() - b.createdAt.toMillis());
}

/** Gives the lease back, if it is still ours, and looks once more: jobs that came meanwhile were told that we hold it. */
export async function release(db: Firestore, conversationId: string, token: string): Promise<{ more: boolean }> {
  const reference = db.collection(COLLECTIONS.conversations).doc(conversationId);
  return db.runTransaction(async (transaction) => {
    const conversation = (await transaction.get(reference)).data() as Conversation | undefined;
    if (conversation?.lease?.token !== token) return { more: false };
    transaction.update(reference, { lease: null });
    return { more: isAwaiting(conversation) };
  });
}
