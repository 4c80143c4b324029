import { type DocumentReference, type Firestore, Timestamp } from "firebase-admin/firestore";
import { changeDocument } from "./change.ts";
import { decideClaim, isAwaiting, isHeld, LEASE_MS } from "./decide.ts";
import { COLLECTIONS, type Conversation, type OutboxRow } from "./model.ts";
import type { Claim } from "./ports.ts";
import type { Recent } from "./recent.ts";

/** Who may work: an id from the queue, the fencing token of this run, and the time in Unix milliseconds. */
export interface Claimant {
  readonly job: string;
  readonly token: string;
  readonly now: number;
}

/** The document of a conversation. */
export function conversationAt(db: Firestore, id: string): DocumentReference<Conversation> {
  return db.collection(COLLECTIONS.conversations).doc(id) as DocumentReference<Conversation>;
}

type NotTaken = Extract<Claim, { taken: false }>;
type Taken = Omit<Extract<Claim, { taken: true }>, "openRows">;

/** Takes the lease on a conversation, or says why there is nothing to do. */
export async function claim(
  db: Firestore,
  conversationId: string,
  claimant: Claimant,
  recent?: Recent,
): Promise<Claim> {
  const reference = conversationAt(db, conversationId);
  let open: Promise<readonly OutboxRow[]> = Promise.resolve([]);
  const taken = await changeDocument<Conversation, NotTaken | Taken>(reference, async (conversation) => {
    if (!conversation) return { result: { taken: false, reason: "unknown_conversation" } };
    // Most jobs of a burst end here, for the price of one read.
    if (isHeld(conversation, claimant.job, claimant.now)) return { result: held(conversation) };
    open = openRows(db, conversationId);
    // Where the lease is not to be had, nobody asks for them any more.
    open.catch(() => undefined);
    // What waits is taken whatever is open: the lease is written while the rows are looked for. None is missed, since
    // whoever writes a row writes on the conversation with it, and the lease is then decided anew.
    const rows = isAwaiting(conversation) ? [] : await open;
    const decision = decideClaim(conversation, rows.length, claimant.job, claimant.now);
    if (decision === "take") {
      const result = { taken: true, conversation } as const;
      const lease = leaseOf(claimant);
      return { result, fields: { lease }, written: keeping(recent, reference, { ...conversation, lease }) };
    }
    if (decision === "held") return { result: held(conversation) };
    const fields = leftBehind(conversation);
    return { result: { taken: false, reason: decision }, ...(fields && { fields }) };
  });
  return taken.taken ? { ...taken, openRows: (await open).map(({ id }) => id) } : taken;
}

function held(conversation: Conversation): NotTaken {
  return { taken: false, reason: "held", until: conversation.lease?.expiresAt.toMillis() ?? 0 };
}

/** Oldest first. */
async function openRows(db: Firestore, conversationId: string): Promise<OutboxRow[]> {
  const open = db
    .collection(COLLECTIONS.outbox)
    .where("conversationId", "==", conversationId)
    .where("status", "in", ["pending", "sending"]);
  const rows = (await open.get()).docs.map((row) => row.data() as OutboxRow);
  return rows.toSorted((a, b) => a.createdAt.toMillis() - b.createdAt.toMillis());
}

/** What a run that died at its very end leaves: a flag that would keep the sweep busy, or its lease. */
function leftBehind(conversation: Conversation) {
  const flagged = conversation.awaitingReply === true && !isAwaiting(conversation);
  const leased = conversation.lease != null;
  if (!flagged && !leased) return undefined;
  return { ...(flagged && { awaitingReply: false }), ...(leased && { lease: null }) };
}

/** The lease as the document holds it. */
export function leaseOf(claimant: Claimant): NonNullable<Conversation["lease"]> {
  return {
    token: claimant.token,
    job: claimant.job,
    expiresAt: Timestamp.fromMillis(claimant.now + LEASE_MS),
  };
}

/** Keeps the lease for longer. @returns the conversation as it is now, or undefined when the lease is somebody else's */
export function renew(
  db: Firestore,
  conversationId: string,
  token: string,
  now: number,
  recent?: Recent,
): Promise<Conversation | undefined> {
  const reference = conversationAt(db, conversationId);
  return changeDocument<Conversation, Conversation | undefined>(reference, (conversation) => {
    if (conversation?.lease?.token !== token) return { result: undefined };
    const lease = leaseOf({ job: conversation.lease.job, token, now });
    const held = { ...conversation, lease };
    return { result: held, fields: { lease }, written: keeping(recent, reference, held) };
  });
}

function keeping(recent: Recent | undefined, reference: DocumentReference<Conversation>, held: Conversation) {
  return (version: Timestamp) => recent?.keep(reference, held, version);
}

/** Gives the lease back, if it is still ours, and looks once more: jobs that came meanwhile were told that we hold it. */
export function release(
  db: Firestore,
  conversationId: string,
  token: string,
  recent?: Recent,
): Promise<{ more: boolean }> {
  const decide = (conversation: Conversation | undefined) => {
    if (conversation?.lease?.token !== token) return { result: { more: false } };
    return { result: { more: isAwaiting(conversation) }, fields: { lease: null } };
  };
  return changeDocument(conversationAt(db, conversationId), decide, recent);
}
