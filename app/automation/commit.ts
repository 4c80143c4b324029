import type { Firestore, Timestamp, WriteResult } from "firebase-admin/firestore";
import { untilUnchanged } from "../conversations/change.ts";
import { COLLECTIONS } from "../conversations/model.ts";
import { Recent } from "../conversations/recent.ts";
import { type Decision, decide } from "./decide.ts";
import { factsFrom, type Gathered, gather, type Known } from "./gather.ts";
import type { SendRow } from "./model.ts";
import { readOwn, type StoredRow } from "./rows.ts";
import type { AutomationSettings } from "./settings.ts";
import type { Case, Trigger } from "./trigger.ts";
import type { WayFacts } from "./ways.ts";
import { type Outgoing, writeDecision } from "./write.ts";

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
  | { readonly state: "sending"; readonly own: StoredRow; readonly case: Case; readonly recent: Recent };

/**
 * Decides on a send and writes the decision, which holds only while the customer's conversation and pause stand as they
 * were read: whoever else writes to the same customer at the same moment comes before, and it is decided again, or after.
 * @param known what need not be read for the first decision
 */
export async function commitSend(
  db: Firestore,
  trigger: Trigger,
  claimed: StoredRow,
  known: Known,
  run: RunFacts,
  now: number,
): Promise<Committed> {
  let first = true;
  let version = claimed.version;
  const recent = new Recent();
  const committed = await untilUnchanged(async () => {
    const mine = first ? claimed : await readOwn(db, claimed);
    if (!mine || mine.row.state === "sending") return { result: undefined };
    const gathered = await gather(db, trigger, mine.row, first ? known : {}, now);
    first = false;
    const decision = decide(factsOf(trigger, mine.row, gathered, run, now), run.settings, now);
    const batch = db.batch();
    const { row, outgoing } = writeDecision({ db, batch, trigger, ...mine, gathered, now }, decision);
    const written = ([ofRow]: readonly WriteResult[]) => {
      if (!ofRow) return;
      version = ofRow.writeTime;
      if (outgoing) keep(db, recent, outgoing, version);
    };
    return { result: { row, decision }, batch, written };
  });
  if (!committed) return { state: "lost" };
  const { row, decision } = committed;
  if (decision.action !== "send") return { state: "decided", decision };
  return { state: "sending", own: { row, version }, case: decision.case, recent };
}

/** For the outbox, which would read the same again. What is written together has one version. */
function keep(db: Firestore, recent: Recent, { message, outbox, conversation }: Outgoing, version: Timestamp): void {
  recent.keep(db.collection(COLLECTIONS.messages).doc(message.id), message, version);
  recent.keep(db.collection(COLLECTIONS.outbox).doc(outbox.id), outbox, version);
  recent.keep(db.collection(COLLECTIONS.conversations).doc(conversation.id), conversation, version);
}

/** What would be decided now, writing nothing. */
export async function previewSend(
  db: Firestore,
  trigger: Trigger,
  row: SendRow,
  known: Known,
  run: RunFacts,
  now: number,
): Promise<Decision> {
  const gathered = await gather(db, trigger, row, known, now);
  return decide(factsOf(trigger, row, gathered, run, now), run.settings, now);
}

function factsOf(trigger: Trigger, row: SendRow, gathered: Gathered, run: RunFacts, now: number) {
  return {
    trigger,
    sendId: row.id,
    tried: row.tried,
    template: run.templates.get(trigger.name),
    emailReady: run.emailReady,
    down: run.down,
    ...factsFrom(trigger, row, gathered, now),
  };
}
