import type { DocumentData } from "firebase-admin/firestore";
import { measured } from "../telemetry/measured.ts";
import type { AutomationDeps, Run } from "./carry-out.ts";
import { previewSend } from "./commit.ts";
import { locate } from "./locate.ts";
import type { SendRow } from "./model.ts";
import { inParallel } from "./pace.ts";
import { claimSend, newSend, sendRef, type Work } from "./rows.ts";
import { count, type Outcome, type TriggerSummary } from "./summary.ts";
import type { Trigger } from "./trigger.ts";

/** One trigger in one run. */
export interface Shift {
  readonly deps: AutomationDeps;
  readonly run: Run;
  readonly trigger: Trigger;
  readonly summary: TriggerSummary;
  readonly dryRun: boolean;
  readonly timeIsUp: () => boolean;
}

/** Documents at once that are claimed: one small write each. */
const CLAIMING = 16;

/** Creates the rows of what was found. @returns those that are ours: the others are being worked on, or were */
export async function claim(shift: Shift, found: readonly { id: string; data: DocumentData }[]): Promise<Work[]> {
  const { deps, trigger, run } = shift;
  const token = deps.newToken();
  const rows = found.map((one) => ({ row: newSend(trigger, one, token, run.settings, deps.now()), entity: one.data }));
  const mine: Work[] = [];
  if (shift.dryRun) {
    const known = rows.length === 0 ? [] : await deps.db.getAll(...rows.map(({ row }) => sendRef(deps.db, row.id)));
    return rows.filter((_, index) => known[index]?.exists !== true);
  }
  await inParallel(rows, CLAIMING, async (one) => {
    if ((await claimSend(deps.db, one.row)) && one.row.state === "claimed") mine.push(one);
  });
  return mine;
}

/** Several customers at once; one that goes wrong is logged, left to the next run, and stops nobody. */
export async function work<T extends Work | SendRow>(
  shift: Shift,
  items: readonly T[],
  handle: (item: T) => Promise<Outcome>,
): Promise<void> {
  const { deps, trigger, summary, run } = shift;
  await inParallel(items, run.settings.concurrency, async (item) => {
    if (shift.timeIsUp()) return;
    try {
      const outcome = await handle(item);
      count(summary, outcome);
      if (!shift.dryRun) report(shift, "row" in item ? item.row : item, outcome);
    } catch (error) {
      const { id } = "row" in item ? item.row : item;
      deps.log.error({ err: error, trigger: trigger.name, sendId: id }, "[Automação] Envio interrompido");
      count(summary, { kind: "deferred", reason: "error" });
    }
  });
}

/** One line for what is over; what is put off will have its line later. */
function report({ deps, trigger }: Shift, { id: sendId }: SendRow, outcome: Outcome): void {
  if (outcome.kind === "lost" || outcome.kind === "deferred") return;
  const reason = outcome.kind === "sent" ? outcome.detour : outcome.reason;
  const fields = { trigger: trigger.name, sendId, outcome: outcome.kind, ...(reason !== undefined && { reason }) };
  const line = `[Automação] ${trigger.name}: ${outcome.kind}${reason === undefined ? "" : ` (${reason})`}`;
  deps.log.info(measured("automation_outcome", fields), line);
}

/** What would become of it. */
export async function preview(shift: Shift, { row, entity }: Work): Promise<Outcome> {
  const { deps, run, trigger } = shift;
  const located = await locate(deps.db, trigger, row, entity, deps.now());
  const decision = await previewSend(deps.db, trigger, row, located, run, deps.now());
  if (decision.action === "send") return { kind: "sent", ...(decision.reason && { detour: decision.reason }) };
  const kinds = { skip: "skipped", defer: "deferred", task: "task" } as const;
  return { kind: kinds[decision.action], reason: decision.reason };
}
