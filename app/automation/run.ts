import type { ChannelName } from "../channels/channel.ts";
import { measured } from "../telemetry/measured.ts";
import { type AutomationDeps, carryOut, type Run } from "./carry-out.ts";
import { advancePlace, type Page, type Place, readPage, readPlaces } from "./due.ts";
import { createPacer, SENDS_PER_SECOND } from "./pace.ts";
import { reviewLate } from "./review.ts";
import { readOverdue, takeOver } from "./rows.ts";
import type { AutomationSettings } from "./settings.ts";
import { asFound, claim, preview, type Shift, withKnown, withoutRow, work } from "./shift.ts";
import { emptySummary, type RunSummary } from "./summary.ts";
import { readTemplates } from "./templates.ts";
import type { TimeKind, Trigger } from "./trigger.ts";

export interface RunOptions {
  readonly settings: AutomationSettings;
  readonly triggers: readonly Trigger[];
  /** Says what would be done, and does nothing. */
  readonly dryRun?: boolean;
  readonly perSecond?: Readonly<Record<ChannelName | "email", number>>;
}

/**
 * Sends what is due. Two runs at once, and a run after one that died anywhere, send each message once: every entity is
 * claimed by creating its row, every row belongs to one token at a time, every message goes through the outbox.
 */
export async function runAutomations(deps: AutomationDeps, options: RunOptions): Promise<RunSummary> {
  const { settings, dryRun = false } = options;
  const began = deps.now();
  const run: Run = {
    settings,
    templates: await readTemplates(
      deps.db,
      options.triggers.map(({ name }) => name),
    ),
    emailReady: deps.email !== undefined,
    down: new Map<ChannelName | "email", number>() as Run["down"],
    pacer: createPacer(deps, options.perSecond ?? SENDS_PER_SECOND),
  };
  const timeIsUp = () => deps.now() - began >= settings.budgetMs;
  const result: RunSummary = { dryRun, complete: true, triggers: {} };
  for (const trigger of options.triggers) {
    const summary = emptySummary();
    result.triggers[trigger.name] = summary;
    const shift: Shift = { deps, run, trigger, summary, dryRun, timeIsUp };
    try {
      await workOverdue(shift);
      for (const kind of trigger.due.timeKinds) await workDue(shift, kind);
      await reviewLate(shift);
    } catch (error) {
      // The store said no: what is claimed stays claimed, and the next run goes on from here.
      result.complete = false;
      deps.log.error({ err: error, trigger: trigger.name }, `[Automação] Trigger ${trigger.name} interrompido`);
    }
    const words = dryRun ? "mensagens seriam enviadas" : "mensagens enviadas";
    deps.log.info(
      {
        ...measured("automation_run", { trigger: trigger.name, dryRun, due: summary.due, sent: summary.sent }),
        ...summary,
      },
      `[Automação] Trigger ${trigger.name}: ${summary.sent} ${words}`,
    );
  }
  if (timeIsUp()) result.complete = false;
  return result;
}

/** Waits that are over, and what a run left behind that died. */
async function workOverdue(shift: Shift): Promise<void> {
  const { deps, run, trigger, summary } = shift;
  const token = deps.newToken();
  const { pageSize, leaseMs } = run.settings;
  const seen = new Set<string>();
  while (!shift.timeIsUp()) {
    const rows = await readOverdue(deps.db, trigger, deps.now(), pageSize);
    summary.scanned += rows.length;
    const fresh = rows.filter(({ row }) => !seen.has(row.id));
    for (const { row } of fresh) seen.add(row.id);
    await work(shift, fresh, async (stored) => {
      if (shift.dryRun) return preview(shift, stored.row);
      const mine = await takeOver(deps.db, stored, token, leaseMs, deps.now());
      return mine ? carryOut(deps, run, trigger, mine) : { kind: "lost" };
    });
    if (rows.length < pageSize || fresh.length === 0) return;
  }
}

/** What has become due since the last run, page by page; the place is kept once all of a page is claimed. */
async function workDue(shift: Shift, kind: TimeKind): Promise<void> {
  const { deps, trigger, run } = shift;
  const now = deps.now();
  const span = { from: now - trigger.due.ageMs - run.settings.latestMs, to: now - trigger.due.ageMs };
  let place = (await readPlaces(deps.db, trigger))[`due_${kind}`];
  if (place && !isWithin(place.value, span.from)) place = undefined;
  while (!shift.timeIsUp()) {
    const page: Page = await readPage(deps.db, trigger.due, kind, span, place, run.settings.pageSize);
    await workPage(shift, page, kind);
    if (!page.next) return;
    place = page.next;
  }
}

/** After a long pause the place lies before everything that is still worth saying. */
function isWithin(value: Place["value"], from: number): boolean {
  if (typeof value === "number") return value >= from;
  return typeof value === "string" ? value >= new Date(from).toISOString() : value.toMillis() >= from;
}

async function workPage(shift: Shift, page: Page, kind: TimeKind): Promise<void> {
  const { deps, trigger, run, summary } = shift;
  summary.scanned += page.documents.length;
  const found = asFound(shift, page.documents);
  if (shift.dryRun) {
    const ahead = withKnown(shift, await withoutRow(shift, found));
    return work(shift, ahead, ({ row, known }) => preview(shift, row, known));
  }
  const claimed = withKnown(shift, await claim(shift, found));
  if (page.end) await advancePlace(deps.db, trigger, kind, page.end);
  await work(shift, claimed, (mine) => carryOut(deps, run, trigger, mine, mine.known));
}
