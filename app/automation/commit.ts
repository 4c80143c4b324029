import type { DocumentSnapshot, Firestore, Transaction } from "firebase-admin/firestore";
import { type Decision, decide, type Facts } from "./decide.ts";
import { factsFrom, type Located, referencesOf, type Snapshots } from "./locate.ts";
import type { SendRow } from "./model.ts";
import { sendRef } from "./rows.ts";
import type { AutomationSettings } from "./settings.ts";
import type { Case, Trigger } from "./trigger.ts";
import type { WayFacts } from "./ways.ts";
import { writeDecision } from "./write.ts";

/** What holds for a whole run, beside the documents. */
export interface RunFacts extends Pick<WayFacts, "emailReady" | "down"> {
  readonly settings: AutomationSettings;
  readonly templates: ReadonlyMap<string, NonNullable<WayFacts["template"]>>;
}

export type Committed =
  /** The row is not ours, or no longer open. */
  | { readonly state: "lost" }
  | { readonly state: "decided"; readonly decision: Exclude<Decision, { action: "send" }> }
  /** Written down and about to leave. */
  | { readonly state: "sending"; readonly row: SendRow; readonly case: Case; readonly decision: Decision };

/**
 * Decides on a send and writes the decision, in one transaction over everything that it rests on: whoever else writes
 * to the same customer at the same moment comes before or after, never in between.
 */
export function commitSend(
  db: Firestore,
  trigger: Trigger,
  mine: SendRow,
  located: Located,
  run: RunFacts,
  now: number,
): Promise<Committed> {
  const reference = sendRef(db, mine.id);
  return db.runTransaction(async (transaction): Promise<Committed> => {
    const [stored, snapshots] = await readAll(transaction, reference, located);
    const row = stored?.data() as SendRow | undefined;
    if (!row?.open || row.token !== mine.token || row.state === "sending") return { state: "lost" };
    const decision = decide(assemble(trigger, row, located, snapshots, run, now), run.settings, now);
    const written = writeDecision({ db, transaction, trigger, row, located, snapshots, now }, decision);
    if (decision.action !== "send") return { state: "decided", decision };
    return { state: "sending", row: written, case: decision.case, decision };
  });
}

/** What would be decided now, writing nothing. */
export async function previewSend(
  db: Firestore,
  trigger: Trigger,
  row: SendRow,
  located: Located,
  run: RunFacts,
  now: number,
): Promise<Decision> {
  const references = referencesOf(located);
  const snapshots = byPath(await db.getAll(...references));
  return decide(assemble(trigger, row, located, snapshots, run, now), run.settings, now);
}

async function readAll(
  transaction: Transaction,
  row: FirebaseFirestore.DocumentReference,
  located: Located,
): Promise<[DocumentSnapshot | undefined, Snapshots]> {
  const [stored, ...others] = await transaction.getAll(row, ...referencesOf(located));
  return [stored, byPath(others)];
}

function byPath(snapshots: readonly DocumentSnapshot[]): Snapshots {
  return new Map(snapshots.map((snapshot) => [snapshot.ref.path, snapshot]));
}

function assemble(
  trigger: Trigger,
  row: SendRow,
  located: Located,
  snapshots: Snapshots,
  run: RunFacts,
  now: number,
): Facts {
  return {
    trigger,
    sendId: row.id,
    tried: row.tried,
    template: run.templates.get(trigger.name),
    emailReady: run.emailReady,
    down: run.down,
    ...factsFrom(trigger, row, located, snapshots, now),
  };
}
