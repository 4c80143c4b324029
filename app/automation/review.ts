import { carryOut } from "./carry-out.ts";
import { readPage, readPlaces, setReviewPlace } from "./due.ts";
import { asFound, claim, type Shift, withKnown, withoutRow, work } from "./shift.ts";

/**
 * A second look, half a page a run, at what became due in the last days: a proposal may get its status after its date,
 * a conversation may be opened again.
 */
export async function reviewLate(shift: Shift): Promise<void> {
  const { deps, trigger, run, dryRun } = shift;
  if (dryRun || shift.timeIsUp()) return;
  const now = deps.now();
  const span = { from: now - trigger.due.ageMs - run.settings.latestMs, to: now - trigger.due.ageMs };
  const places = await readPlaces(deps.db, trigger);
  const limit = Math.max(1, Math.floor(run.settings.pageSize / 2 / trigger.due.timeKinds.length));
  for (const kind of trigger.due.timeKinds) {
    const from = places[`review_${kind}`];
    const page = await readPage(deps.db, trigger.due, kind, span, from ?? undefined, limit);
    shift.summary.scanned += page.documents.length;
    const missing = await withoutRow(shift, asFound(shift, page.documents));
    const claimed = withKnown(shift, await claim(shift, missing));
    await work(shift, claimed, (mine) => carryOut(deps, run, trigger, mine, mine.known));
    if (page.next || from) await setReviewPlace(deps.db, trigger, kind, page.next ?? null);
  }
}
