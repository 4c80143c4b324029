import * as z from "zod";
import { isAbsurd, momentOf } from "./moment.ts";
import type { DueQuery, Look, SkipReason } from "./trigger.ts";

/** What the triggers read from documents of other parts of Servio: everything may be missing or of a wrong type. */

/** A document id, as another document names it. */
export const reference = z
  .string()
  .trim()
  .min(1)
  .max(1000)
  .regex(/^[^/]+$/);
/** Words of people, as they may stand in a message: one line, of a length that fits. */
export const words = z.string().trim().min(1).transform(oneLine);
export const email = z.email().max(254);

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 200 ? `${line.slice(0, 199).trimEnd()}…` : line;
}

export function optional<T>(schema: z.ZodType<T>) {
  return schema.optional().catch(undefined);
}

export type DueMoment = { readonly dueAt: number } | { readonly skip: SkipReason };

/**
 * When a document became due, if it has. Strictly: what is exactly as old as the trigger's age is not due yet
 * (specification, `lastMessageAt < now - 48h`).
 */
export function dueMoment(due: DueQuery, value: unknown, look: Look): DueMoment {
  const since = momentOf(value);
  if (since === undefined) return { skip: "incomplete" };
  if (isAbsurd(since, look.now)) return { skip: "absurd_date" };
  const dueAt = since + due.ageMs;
  return dueAt < look.now ? { dueAt } : { skip: "not_due" };
}

/** The values that the query asked for, asked again: the document may have changed since. */
export function stillMatches(due: DueQuery, data: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(due.where).every(([field, value]) => data[field] === value);
}
