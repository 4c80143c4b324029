import type { Firestore, Timestamp } from "firebase-admin/firestore";
import { conversationAt } from "../conversations/claim.ts";
import { keepOutgoing } from "../conversations/outgoing.ts";
import { Recent } from "../conversations/recent.ts";
import { type Decision, decide } from "./decide.ts";
import { factsFrom, type Gathered, gather, type Known } from "./gather.ts";
import type { SendRow } from "./model.ts";
import { changeOwn, type StoredRow } from "./rows.ts";
import type { AutomationSettings } from "./settings.ts";
import type { Case, Trigger } from "./trigger.ts";
import type { WayFacts } from "./ways.ts";
import { type Said, writeDecision } from "./write.ts";

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
  const committed = await changeOwn(db, claimed, async (own, again) => {
    if (own.row.state === "sending") return undefined;
    const gathered = await gather(db, trigger, own.row, again ? {} : known, now);
    const decision = decide(factsOf(trigger, own.row, gathered, run, now), run.settings, now);
    const batch = db.batch();
    const { row, said } = writeDecision({ db, batch, trigger, ...own, gathered, now }, decision);
    return { row, batch, result: { decision, said } };
  });
  if (!committed) return { state: "lost" };
  const { own, result } = committed;
  const { decision, said } = result;
  if (decision.action !== "send") return { state: "decided", decision };
  const recent = new Recent();
  if (said) keep(db, recent, said, own.version);
  return { state: "sending", own, case: decision.case, recent };
}

/** For the outbox, which would read the same again. What is written together has one version. */
function keep(db: Firestore, recent: Recent, { outgoing, conversation }: Said, version: Timestamp): void {
  keepOutgoing(db, recent, outgoing, version);
  recent.keep(conversationAt(db, conversation.id), conversation, version);
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
