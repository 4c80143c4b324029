import type { DocumentData } from "firebase-admin/firestore";
import { carryOut } from "./carry-out.ts";
import { readPage, readPlaces, setReviewPlace } from "./due.ts";
import { newSend, sendRef } from "./rows.ts";
import { claim, type Shift, work } from "./shift.ts";

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
    const found = page.documents.map((document) => ({ id: document.id, data: document.data() }));
    const missing = await unknownOnly(shift, found);
    const claimed = await claim(shift, missing);
    await work(shift, claimed, ({ row, entity }) => carryOut(deps, run, trigger, row, entity));
    if (page.next || from) await setReviewPlace(deps.db, trigger, kind, page.next ?? null);
  }
}

async function unknownOnly<T extends { id: string; data: DocumentData }>(
  shift: Shift,
  found: readonly T[],
): Promise<T[]> {
  if (found.length === 0) return [];
  const { deps, trigger, run } = shift;
  const ids = found.map((one) => newSend(trigger, one, "", run.settings, deps.now()).id);
  const rows = await deps.db.getAll(...ids.map((id) => sendRef(deps.db, id)));
  shift.summary.scanned += rows.length;
  return found.filter((_, index) => rows[index]?.exists !== true);
}
