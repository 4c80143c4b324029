import { setTimeout as pause } from "node:timers/promises";
import type { DocumentReference, UpdateData, WriteBatch } from "firebase-admin/firestore";

/** What a decision about a document leads to. */
export interface Decided<T extends object, R> {
  readonly result: R;
  /** Absent: nothing is written, and nothing else may be. */
  readonly fields?: UpdateData<T>;
  /** Written together with the fields, or not at all. */
  readonly also?: (batch: WriteBatch) => void;
}

/** More tries than writers that ever meet on one conversation: a customer's burst, two people, a few workers. */
const MAX_TRIES = 20;
/** Spreads those who met, in milliseconds per try. */
const SPREAD_MS = 10;
/** gRPC: ALREADY_EXISTS, FAILED_PRECONDITION, ABORTED. Somebody was faster; what there is now decides. */
const CONFLICTS = new Set<unknown>([6, 9, 10]);

/**
 * Reads a document, decides, and writes only if the document is still the one that was read; else decides again.
 *
 * No transaction: its read lock would have to become a write lock, two of them wait for each other until one is thrown
 * out, and the webhook waits behind both.
 */
export async function changeDocument<T extends object, R>(
  reference: DocumentReference<T>,
  decide: (document: T | undefined) => Decided<T, R> | Promise<Decided<T, R>>,
): Promise<R> {
  for (let attempt = 1; ; attempt += 1) {
    const snapshot = await reference.get();
    const { result, fields, also } = await decide(snapshot.data());
    if (!fields || !snapshot.updateTime) return result;
    const batch = reference.firestore.batch();
    batch.update(reference, fields as UpdateData<T>, { lastUpdateTime: snapshot.updateTime });
    also?.(batch);
    try {
      await batch.commit();
      return result;
    } catch (error) {
      if (attempt === MAX_TRIES || !isConflict(error)) throw error;
      await pause(Math.random() * SPREAD_MS * attempt);
    }
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof Error && "code" in error && CONFLICTS.has(error.code);
}
