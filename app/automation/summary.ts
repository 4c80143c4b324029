/** What became of one send in one run. */
export type Outcome =
  | { readonly kind: "sent"; readonly detour?: string }
  | { readonly kind: "skipped" | "deferred" | "task" | "failed"; readonly reason: string }
  /** Another run has it. */
  | { readonly kind: "lost" };

/** What one trigger did in one run. Reasons are stable names; numbers count customers. */
export interface TriggerSummary {
  due: number;
  sent: number;
  /** For good. */
  skipped: Record<string, number>;
  /** For now: taken up again when the reason is over. */
  deferred: Record<string, number>;
  /** Left to a person, by why no way was open. */
  tasks: Record<string, number>;
  failed: number;
  failures: Record<string, number>;
  /** Of those sent, how many took another way than the preferred one, and why. */
  detours: Record<string, number>;
  /** Documents that the trigger's queries returned. */
  scanned: number;
}

export interface RunSummary {
  readonly dryRun: boolean;
  /** False: the time budget ended before the work did; the next run goes on. */
  complete: boolean;
  readonly triggers: Record<string, TriggerSummary>;
}

export function emptySummary(): TriggerSummary {
  return { due: 0, sent: 0, skipped: {}, deferred: {}, tasks: {}, failed: 0, failures: {}, detours: {}, scanned: 0 };
}

export function count(summary: TriggerSummary, outcome: Outcome): void {
  if (outcome.kind === "lost") return;
  summary.due += 1;
  if (outcome.kind === "sent") {
    summary.sent += 1;
    if (outcome.detour !== undefined) add(summary.detours, outcome.detour);
  } else if (outcome.kind === "failed") {
    summary.failed += 1;
    add(summary.failures, outcome.reason);
  } else if (outcome.kind === "task") add(summary.tasks, outcome.reason);
  else add(outcome.kind === "skipped" ? summary.skipped : summary.deferred, outcome.reason);
}

function add(counts: Record<string, number>, reason: string): void {
  counts[reason] = (counts[reason] ?? 0) + 1;
}
