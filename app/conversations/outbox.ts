import type { SendFailure, SendResult } from "../channels/channel.ts";
import { plainReason } from "./failure-reason.ts";
import { mirrorStatus, provesItLeft } from "./message-status.ts";
import { BOT_ID, type Conversation, customerOf, type Message, type MessageStatus, type OutboxRow } from "./model.ts";

/** How long a status or echo is given to prove that an unrecorded send left (contract with Meta: seconds, usually one). */
export const PROOF_MS = 10_000;
/**
 * The same where Graph took the request and did not answer: it has probably sent, and whatever kept it from answering may
 * keep its webhooks too. The customer rather waits than reads the same twice.
 */
export const UNANSWERED_PROOF_MS = 45_000;
/** Sends whose outcome nobody knows: the first, and one more. A third would rather annoy than help. */
export const MAX_UNSURE = 2;
/** Sends in all before a message is given up: with the delays below, about forty minutes. */
export const MAX_ATTEMPTS = 10;
/** Pub/Sub's own retry delays start and end here. */
const FIRST_DELAY_MS = 10_000;
const LAST_DELAY_MS = 600_000;

/** Exponential, doubling from 10 s to 10 min; what the channel asked for wins when it is longer. */
export function retryDelay(attempts: number, retryAfterMs = 0): number {
  const delay = Math.min(LAST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.max(0, attempts - 1));
  return Math.max(delay, retryAfterMs);
}

export type FailureKind = SendFailure | "superseded" | "taken_back" | "exhausted";

export type SendDecision =
  | { readonly action: "send"; readonly unsure: number }
  | { readonly action: "wait"; readonly until: number }
  | { readonly action: "settle"; readonly status: "sent" }
  | { readonly action: "fail"; readonly failure: FailureKind }
  | { readonly action: "none" };

type Stored = Pick<Message, "status" | "providerId">;
type Row = Pick<
  OutboxRow,
  "status" | "author" | "automation" | "handoff" | "createdAt" | "unsure" | "sendingAt" | "nextAttemptAt"
>;
type Owner = Pick<
  Conversation,
  "id" | "channel" | "mode" | "needsPerson" | "lastMessageSender" | "botSince" | "contact"
>;

/** What to do with a row, decided in the transaction that moves it to `sending`. */
export function decideSend(
  row: Row,
  message: Stored | undefined,
  conversation: Owner | undefined,
  now: number,
): SendDecision {
  if (row.status === "sent" || row.status === "failed") return { action: "none" };
  if (message && provesItLeft(message)) return { action: "settle", status: "sent" };
  if (row.status === "sending") {
    if (message?.status === "failed") return { action: "fail", failure: "message" };
    // Without an answer the row was given longer.
    const until = Math.max((row.sendingAt?.toMillis() ?? 0) + PROOF_MS, row.nextAttemptAt?.toMillis() ?? 0);
    if (now < until) return { action: "wait", until };
  }
  const unsure = (row.unsure ?? 0) + (row.status === "sending" ? 1 : 0);
  if (row.author === "bot" && conversation) {
    if (isSuperseded(row, conversation)) return { action: "fail", failure: "superseded" };
    // Who has stopped what comes by itself is still answered.
    const stopped = row.automation !== undefined && conversation.contact?.optOut === true;
    if (stopped) return { action: "fail", failure: "optout" };
  }
  if (unsure >= MAX_UNSURE) return { action: "fail", failure: "unknown" };
  const patience = row.nextAttemptAt?.toMillis() ?? 0;
  if (now < patience) return { action: "wait", until: patience };
  return { action: "send", unsure };
}

/**
 * A person took over between the answer and its send: the bot keeps quiet, except for its own farewell. Also when the
 * person has closed the conversation or handed it back since: what was asked before that is dealt with.
 */
function isSuperseded(row: Row, conversation: Owner): boolean {
  if (conversation.mode !== "human") {
    return row.automation === undefined && (conversation.botSince?.toMillis() ?? 0) > row.createdAt.toMillis();
  }
  if (!row.handoff) return true;
  const customer = customerOf(conversation);
  const personSpoke = conversation.lastMessageSender !== BOT_ID && conversation.lastMessageSender !== customer;
  return personSpoke || conversation.needsPerson !== true;
}

export type Outcome =
  | { readonly row: "sent"; readonly providerId: string }
  | { readonly row: "pending"; readonly nextAttemptAt: number; readonly triedAgain?: true }
  /** Nobody knows: it stays `sending`, and its proof has until then. */
  | { readonly row: "sending"; readonly nextAttemptAt: number }
  | { readonly row: "failed"; readonly failure: FailureKind };

/** What a send's result makes of the row. */
export function decideOutcome(
  { attempts, triedAgain }: Pick<OutboxRow, "attempts" | "triedAgain">,
  result: SendResult,
  now: number,
): Outcome {
  if (result.ok) return { row: "sent", providerId: result.providerId };
  if (result.failure === "unknown") return { row: "sending", nextAttemptAt: now + UNANSWERED_PROOF_MS };
  if (result.failure !== "retry") return { row: "failed", failure: result.failure };
  // What other failures have cost, such as a limit that was reached, does not use up the one more try.
  const spent = attempts >= MAX_ATTEMPTS || (result.once && triedAgain);
  if (spent) return { row: "failed", failure: "exhausted" };
  const nextAttemptAt = now + retryDelay(attempts, result.retryAfterMs);
  return { row: "pending", nextAttemptAt, ...(result.once && { triedAgain: true }) };
}

/** The message's own fields after the row changed; what a webhook has already raised stays. */
export function messageFields(
  current: Stored | undefined,
  row: "sending" | "pending" | "sent" | "failed",
  failure?: { readonly kind: FailureKind; readonly code: number },
): { status: MessageStatus; error?: { code: number; message: string } } {
  const status = mirrorStatus(current?.status, row);
  const alreadyExplained = current?.status === "failed";
  if (status !== "failed" || failure === undefined || alreadyExplained) return { status };
  return { status, error: { code: failure.code, message: plainReason(failure.kind) } };
}
