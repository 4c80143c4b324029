import type { Firestore } from "firebase-admin/firestore";
import { deliver } from "../conversations/deliver.ts";
import { COLLECTIONS, type OutboxRow } from "../conversations/model.ts";
import type { DeliveryDeps } from "../conversations/ports.ts";
import type { Recent } from "../conversations/recent.ts";
import { type Committed, commitSend, type RunFacts } from "./commit.ts";
import { type EmailService, renderMail } from "./email.ts";
import type { Known } from "./gather.ts";
import type { SendRow } from "./model.ts";
import type { Pacer } from "./pace.ts";
import type { StoredRow } from "./rows.ts";
import { type Ending, settleSend } from "./settle.ts";
import type { Outcome } from "./summary.ts";
import type { Case, Trigger } from "./trigger.ts";
import { unsubscribeToken } from "./unsubscribe.ts";

export interface AutomationDeps extends DeliveryDeps {
  readonly db: Firestore;
  /** Absent: no e-mail service is configured. */
  readonly email?: EmailService | undefined;
  /** Where the platform is, without a slash at its end; the e-mails' button leads there. */
  readonly siteUrl: string;
  /** Where this API is for everybody, without a slash at its end. */
  readonly publicUrl: string;
  /** Signs the links that unsubscribe; the newest first. */
  readonly secrets: readonly string[];
  /** A fresh fencing token. */
  readonly newToken: () => string;
  readonly sleep: (ms: number) => Promise<void>;
}

export interface Run extends RunFacts {
  readonly pacer: Pacer;
  readonly down: Map<string, number> & RunFacts["down"];
}

/** How long everything that goes through a broken channel waits: as long as two runs are apart, twice. */
const DOWN_MS = 30 * 60_000;
/** Waits between tries of one e-mail within a run, then over the next runs. Milliseconds. */
const EMAIL_WAITS_MS = [1_000, 4_000];
const EMAIL_LATER_MS = 15 * 60_000;
const MOST_EMAIL_ATTEMPTS = 6;
/** Conversation, another one, e-mail, and a person after all of them. */
const MOST_WAYS = 8;

/** Brings one send as far as it comes now: decides, writes, sends, and takes the next way when one does not work. */
export async function carryOut(
  deps: AutomationDeps,
  run: Run,
  trigger: Trigger,
  claimed: StoredRow,
  known: Known = {},
): Promise<Outcome> {
  let own: StoredRow | undefined = claimed;
  if (own.row.state === "sending") {
    const ending = await resume(deps, run, own.row);
    own = await settleSend(deps.db, own, ending, deps.now());
    if (ending.state !== "next") return own ? outcomeOf(own.row, ending) : { kind: "lost" };
  }
  for (let ways = 0; own && ways < MOST_WAYS; ways += 1) {
    const committed = await commitSend(deps.db, trigger, own, ways === 0 ? known : {}, run, deps.now());
    if (committed.state === "lost") return { kind: "lost" };
    if (committed.state === "decided") return decided(committed.decision);
    const ending = await take(deps, run, committed);
    own = await settleSend(deps.db, committed.own, ending, deps.now());
    if (own && ending.state !== "next") return outcomeOf(own.row, ending);
  }
  return { kind: "lost" };
}

function decided(decision: { action: "skip" | "defer" | "task"; reason: string }): Outcome {
  const kinds = { skip: "skipped", defer: "deferred", task: "task" } as const;
  return { kind: kinds[decision.action], reason: decision.reason };
}

function outcomeOf(row: SendRow, ending: Ending): Outcome {
  if (ending.state === "sent")
    return row.reason === undefined ? { kind: "sent" } : { kind: "sent", detour: row.reason };
  if (ending.state === "failed" || ending.state === "skipped") return { kind: ending.state, reason: ending.reason };
  return { kind: "deferred", reason: ending.state === "again" ? ending.reason : "channel_retry" };
}

/** A run that died has left it half-way. */
async function resume(deps: AutomationDeps, run: Run, row: SendRow): Promise<Ending> {
  if (row.way?.kind !== "email") return chat(deps, run, row);
  // Nobody can tell whether the e-mail left, and nobody wants it twice.
  deps.log.error({ sendId: row.id, trigger: row.trigger }, "[Automação] E-mail interrompido: talvez não tenha saído");
  return { state: "failed", reason: "unknown_outcome" };
}

async function take(
  deps: AutomationDeps,
  run: Run,
  { own: { row }, case: due, recent }: Extract<Committed, { state: "sending" }>,
): Promise<Ending> {
  return row.way?.kind === "email" ? mail(deps, run, row, due, row.way.to) : chat(deps, run, row, recent);
}

async function chat(deps: AutomationDeps, run: Run, row: SendRow, recent?: Recent): Promise<Ending> {
  const { way, messageId = "" } = row;
  if (!way || way.kind === "email") return { state: "next" };
  await run.pacer.turn(way.channel);
  const delivery = await deliver(deps, messageId, recent);
  if (delivery.state === "sent") return { state: "sent" };
  if (delivery.state === "wait") return { state: "under_way", until: delivery.until };
  const failure = delivery.failure ?? (await recordedFailure(deps.db, messageId));
  switch (failure) {
    case "unknown":
      return { state: "failed", reason: "unknown_outcome" };
    case "cooldown":
      return { state: "failed", reason: "cooldown" };
    case "optout":
      return { state: "skipped", reason: "opted_out" };
    case "superseded":
      return { state: "skipped", reason: "human_mode" };
    case "channel": {
      const until = deps.now() + DOWN_MS;
      run.down.set(way.channel, until);
      return { state: "again", reason: "channel_down", until };
    }
    default:
      return { state: "next" };
  }
}

async function recordedFailure(db: Firestore, id: string): Promise<string | undefined> {
  const stored = (await db.collection(COLLECTIONS.outbox).doc(id).get()).data() as OutboxRow | undefined;
  return stored?.error?.failure;
}

async function mail(deps: AutomationDeps, run: Run, row: SendRow, due: Case, to: string): Promise<Ending> {
  const token = unsubscribeToken(due.userId ?? to, deps.secrets[0] ?? "");
  const frame = { siteUrl: deps.siteUrl, unsubscribeUrl: `${deps.publicUrl}/api/omni/unsubscribe?token=${token}` };
  const content = renderMail(due.message.email, frame);
  const ready = { id: row.messageId ?? row.id, to, category: `automation_${row.trigger}`, ...content };
  for (let tries = 0; ; tries += 1) {
    await run.pacer.turn("email");
    const result = await deps.email?.send(ready);
    if (!result) return { state: "next" };
    if (result.ok) return { state: "sent", ...(result.providerId !== undefined && { providerId: result.providerId }) };
    const { failure, code, message } = result;
    deps.log.warn(
      { sendId: row.id, trigger: row.trigger, failure, code, reason: message },
      "[Automação] E-mail não saiu",
    );
    if (failure === "unknown") return { state: "failed", reason: "unknown_outcome" };
    if (failure === "message") return { state: "next" };
    if (failure === "channel") {
      const until = deps.now() + DOWN_MS;
      run.down.set("email", until);
      return { state: "again", reason: "email_down", until };
    }
    const wait = EMAIL_WAITS_MS[tries];
    if (wait === undefined) {
      if (row.attempts >= MOST_EMAIL_ATTEMPTS) return { state: "next" };
      const until = deps.now() + Math.max(EMAIL_LATER_MS, result.retryAfterMs ?? 0);
      return { state: "again", reason: "email_retry", until };
    }
    await deps.sleep(Math.max(wait, Math.min(result.retryAfterMs ?? 0, 10_000)));
  }
}
