import type { QueryDocumentSnapshot } from "firebase-admin/firestore";
import { measured } from "../telemetry/measured.ts";
import type { AutomationDeps, Run } from "./carry-out.ts";
import { previewSend } from "./commit.ts";
import type { Known } from "./gather.ts";
import type { SendRow } from "./model.ts";
import { inParallel } from "./pace.ts";
import { formsOf, usersOfPhones } from "./phone-users.ts";
import { claimSend, newSend, type StoredRow, sendRef } from "./rows.ts";
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

/** A document that was found, and the row that it would have. */
export interface Found {
  readonly entity: QueryDocumentSnapshot;
  readonly row: SendRow;
}

/** Rows for what was found, not written yet. */
export function asFound({ deps, trigger, run }: Shift, documents: readonly QueryDocumentSnapshot[]): Found[] {
  const token = deps.newToken();
  return documents.map((entity) => ({
    entity,
    row: newSend(trigger, { id: entity.id, data: entity.data() }, token, run.settings, deps.now()),
  }));
}

/** Those of whom there is no row yet. */
export async function withoutRow({ deps }: Shift, found: readonly Found[]): Promise<Found[]> {
  if (found.length === 0) return [];
  const rows = await deps.db.getAll(...found.map(({ row }) => sendRef(deps.db, row.id)));
  return found.filter((_, index) => rows[index]?.exists !== true);
}

/** Creates the rows. @returns those that are ours: the others are being worked on, or were */
export async function claim({ deps }: Shift, found: readonly Found[]): Promise<(Found & StoredRow)[]> {
  const mine: (Found & StoredRow)[] = [];
  await inParallel(found, CLAIMING, async (one) => {
    const stored = await claimSend(deps.db, one.row);
    if (stored && one.row.state === "claimed") mine.push({ ...one, ...stored });
  });
  return mine;
}

/** What each of them need not read again. */
export function withKnown<T extends Found>({ deps }: Shift, found: readonly T[]): (T & { known: Known })[] {
  const phoneUsers = usersOfPhones(
    deps.db,
    found.map(({ entity }) => formsOf(entity.data())),
  );
  return found.map((one, index) => ({ ...one, known: { entity: one.entity, phoneUsers: () => phoneUsers(index) } }));
}

/** Several customers at once; one that goes wrong is logged, left to the next run, and stops nobody. */
export async function work<T extends { readonly row: SendRow }>(
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
      if (!shift.dryRun) report(shift, item.row, outcome);
    } catch (error) {
      deps.log.error({ err: error, trigger: trigger.name, sendId: item.row.id }, "[Automação] Envio interrompido");
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
export async function preview({ deps, run, trigger }: Shift, row: SendRow, known: Known = {}): Promise<Outcome> {
  const decision = await previewSend(deps.db, trigger, row, known, run, deps.now());
  if (decision.action === "send") return { kind: "sent", ...(decision.reason && { detour: decision.reason }) };
  const kinds = { skip: "skipped", defer: "deferred", task: "task" } as const;
  return { kind: kinds[decision.action], reason: decision.reason };
}
