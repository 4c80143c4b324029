import { setTimeout as pause } from "node:timers/promises";
import type { DocumentReference, Timestamp, UpdateData, WriteBatch, WriteResult } from "firebase-admin/firestore";
import { Recent, type Seen } from "./recent.ts";

/**
 * Reading, deciding, and writing only if nothing that the decision stands on has changed since; else deciding again.
 *
 * No transactions: a read lock would have to become a write lock, two of them wait for each other until one is thrown
 * out after seconds, and the webhook's own writes wait behind both.
 */

/** What one try came to. */
export interface Attempt<R> {
  readonly result: R;
  /** Absent: there is nothing to write. */
  readonly batch?: WriteBatch;
  /** Told what the batch's writes came to, in their order, once they are done. */
  readonly written?: (results: readonly WriteResult[]) => void;
}

/** More tries than writers that ever meet on one conversation: a customer's burst, two people, a few workers. */
const MAX_TRIES = 20;
/** Spreads those who met, in milliseconds per try. */
const SPREAD_MS = 10;
/** gRPC: ALREADY_EXISTS, FAILED_PRECONDITION, ABORTED. Somebody was faster; what there is now decides. */
const CONFLICTS = new Set<unknown>([6, 9, 10]);

/** Tries until what was decided could be written as one. What the decision read must be guarded with {@link updateSeen}. */
export async function untilUnchanged<R>(attempt: () => Promise<Attempt<R>>): Promise<R> {
  for (let tries = 1; ; tries += 1) {
    const { result, batch, written } = await attempt();
    if (!batch) return result;
    try {
      const results = await batch.commit();
      written?.(results);
      return result;
    } catch (error) {
      if (tries === MAX_TRIES || !isConflict(error)) throw error;
      // The first time it may be that only what was remembered is old: then there is nobody to make room for.
      if (tries > 1) await pause(Math.random() * SPREAD_MS * tries);
    }
  }
}

/** Updates a document only if it still is what was seen. */
export function updateSeen<T extends object>(
  batch: WriteBatch,
  seen: Pick<Seen<T>, "ref" | "updateTime">,
  fields: UpdateData<T>,
): void {
  if (!seen.updateTime) throw new Error(`${seen.ref.path} was not there when it was read; there is nothing to update.`);
  batch.update(seen.ref, fields, { lastUpdateTime: seen.updateTime });
}

/** Somebody else has written what this write stood on. */
export function isConflict(error: unknown): boolean {
  return error instanceof Error && "code" in error && CONFLICTS.has(error.code);
}

/** What a decision about one document leads to. */
export interface Decided<T extends object, R> {
  readonly result: R;
  /** Absent: nothing is written, and nothing else may be. */
  readonly fields?: UpdateData<T>;
  /** Written together with the fields, or not at all. */
  readonly also?: (batch: WriteBatch) => void;
  /** Told the version that the document, and whatever was written with it, has then. */
  readonly written?: (version: Timestamp) => void;
}

/** {@link untilUnchanged} for the common case: one document decides. @param recent may have it already */
export function changeDocument<T extends object, R>(
  reference: DocumentReference<T>,
  decide: (document: T | undefined) => Decided<T, R> | Promise<Decided<T, R>>,
  recent = new Recent(),
): Promise<R> {
  return untilUnchanged(async () => {
    const seen = await recent.look(reference);
    const { result, fields, also, written } = await decide(seen.data());
    if (!fields || !seen.exists) return { result };
    const batch = reference.firestore.batch();
    updateSeen(batch, seen, fields);
    also?.(batch);
    return { result, batch, written: ([own]) => own && written?.(own.writeTime) };
  });
}
