import { Timestamp } from "firebase-admin/firestore";
import type { Data } from "../store.ts";

/** When it was written, and by which request: no part of what is known. */
const INCIDENTAL = new Set(["createdAt", "updatedAt", "takenBackAt", "trace"]);
/**
 * What is still to do depends on what came first: an answer in Meta's app settles what had arrived by then. A
 * conversation that a person has taken over is answered by no one else, so there it does not matter.
 */
const TO_DO = new Set(["unread", "awaitingReply", "answeredCount", "needsPerson"]);

/** What a store holds, in a form that two of them can be compared in. Times are Unix milliseconds. */
export function stateOf(documents: ReadonlyMap<string, Data>): Record<string, unknown> {
  const entries = [...documents].map(([key, data]) => {
    const left = data.mode === "human" ? new Set([...INCIDENTAL, ...TO_DO]) : INCIDENTAL;
    return [key, plain(Object.fromEntries(Object.entries(data).filter(([field]) => !left.has(field))))] as const;
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function plain(value: unknown): unknown {
  if (value instanceof Timestamp) return value.toMillis();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, plain(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
