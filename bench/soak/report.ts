import { percentile } from "../support/open-model.ts";
import { milliseconds } from "../support/row.ts";
import type { Audit } from "./audit.ts";
import type { Attempt } from "./meta.ts";
import { type Phase, phaseAt } from "./phases.ts";

/** What a soak says at its end. Pure. */

export function phaseLines(phases: readonly Phase[], attempts: readonly Attempt[]): string[] {
  const byPhase = Map.groupBy(attempts, (attempt) => phaseAt(phases, attempt.dueMs));
  const lines = phases.map((phase) => {
    const tries = byPhase.get(phase) ?? [];
    const taken = tries
      .filter((attempt) => attempt.status === 200)
      .map((attempt) => attempt.tookMs)
      .sort((a, b) => a - b);
    return [
      phase.name,
      `${Math.round((phase.toMs - phase.fromMs) / 1000)} s`,
      String(tries.length),
      String(tries.length - taken.length),
      milliseconds(percentile(taken, 50)),
      milliseconds(percentile(taken, 99)),
      milliseconds(taken.at(-1) ?? 0),
    ];
  });
  return table([["phase", "lasts", "deliveries", "not 200", "p50", "p99", "max"], ...lines]);
}

export interface Totals {
  readonly sent: number;
  readonly deliveries: number;
  readonly deadLettered: number;
  readonly drainedMs: number;
}

export function totalLines(result: Audit, totals: Totals): string[] {
  const duplicated = result.storedTwice + result.sentTwice.length + result.answeredTwice.length;
  return table([
    ["sent", `${totals.sent} messages, in ${totals.deliveries} deliveries`],
    ["stored", `${result.stored}`],
    ["lost", `${result.lost}`],
    ["answered", `${result.answered} of ${result.conversations} conversations, exactly once after their last message`],
    ["not answered", sample(result.unanswered)],
    [
      "duplicated",
      `${duplicated} (stored ${result.storedTwice}, sent ${result.sentTwice.length}, answered ${result.answeredTwice.length})`,
    ],
    ["dead-lettered", `${totals.deadLettered}`],
    ["drained", `${Math.round(totals.drainedMs / 1000)} s after the last message`],
  ]);
}

/** Nothing lost, nothing twice, everybody answered. */
export function isWell(result: Audit): boolean {
  return (
    result.lost === 0 &&
    result.storedTwice === 0 &&
    result.sentTwice.length === 0 &&
    result.answered === result.conversations
  );
}

function sample(ids: readonly string[]): string {
  return ids.length === 0 ? "0" : `${ids.length}: ${ids.slice(0, 3).join(", ")}${ids.length > 3 ? ", …" : ""}`;
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
