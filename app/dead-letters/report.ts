import type { Outcome } from "./office.ts";

export type Verb = "list" | "show" | "replay" | "drop";

const WOULD: Readonly<Partial<Record<Verb, string>>> = { replay: "would be replayed", drop: "would be dropped" };

/** One letter on one line: everything but what a customer wrote. */
export function line({ summary, done, why }: Outcome, verb: Verb, dryRun: boolean): string {
  const { id, queue, what, subject, attempts, trace, diedAt } = summary;
  const state = dryRun && done === "seen" ? WOULD[verb] : done === "seen" ? undefined : done;
  return [
    id,
    new Date(diedAt).toISOString(),
    queue,
    what,
    subject,
    attempts === undefined ? undefined : `${attempts} attempts`,
    trace === undefined ? undefined : `trace ${trace}`,
    state,
    why,
  ]
    .filter((part) => part !== undefined && part !== "")
    .join("  ");
}

/** One letter whole. */
export function inFull(outcome: Outcome): string {
  const { attributes, body } = outcome.letter;
  return `${line(outcome, "show", false)}\n${JSON.stringify(attributes)}\n${body}\n`;
}

/** The last line: how many there were, and whether there may be more. */
export function verdict(verb: Verb, matched: number, limit: number, dryRun: boolean): string {
  const letters = matched === 1 ? "1 letter" : `${matched} letters`;
  if (matched === 0) return "No dead letters.";
  const more = matched >= limit ? ` There may be more: --limit is ${limit}.` : "";
  if (verb === "list" || verb === "show") return `${letters}.${more}`;
  const done = verb === "replay" ? "replayed" : "dropped";
  return dryRun ? `${letters} would be ${done}. Nothing was changed.${more}` : `${letters} ${done}.${more}`;
}
