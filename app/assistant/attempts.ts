import type { AnswerFailure } from "./assistant.ts";
import { type Clock, sleep } from "./clock.ts";
import type { Closed, Gate } from "./gate.ts";
import type { Model, ModelCall, ModelFailure, ModelResult } from "./model.ts";

/** Asking the model until it answers, the time is over, or another try cannot help. */

/** Calls for one answer, the first included. */
export const MAX_CALLS = 3;
/** Milliseconds given to one call. Above the alert's line of 5 s nobody waits in a chat. */
export const CALL_MS = 5000;
/** A call that would get less than this is not made: gemini-3.5-flash-lite needs about a second. */
export const MIN_CALL_MS = 1200;
/** First wait between two calls; each further one doubles, half of it at random (jitter keeps a crowd from marching in step). */
export const BACKOFF_MS = 300;

export interface AskContext {
  readonly model: Model;
  readonly gate: Gate;
  readonly clock: Clock;
  readonly random: () => number;
  /** Unix milliseconds. */
  readonly deadline: number;
  /** Calls already made for this answer. */
  readonly callsBefore: number;
  readonly onFailure: (failure: ModelFailure, detail: string, call: number) => void;
}

export type Asked =
  | { readonly ok: true; readonly text: string; readonly use: Use }
  | { readonly ok: false; readonly failure: AnswerFailure; readonly use: Use };

/** What the calls cost together. */
export interface Use {
  readonly calls: number;
  readonly promptTokens: number;
  readonly responseTokens: number;
}

export const NO_USE: Use = { calls: 0, promptTokens: 0, responseTokens: 0 };

export function addUse(a: Use, b: Use): Use {
  return {
    calls: a.calls + b.calls,
    promptTokens: a.promptTokens + b.promptTokens,
    responseTokens: a.responseTokens + b.responseTokens,
  };
}

/** One usable text of the model's, or why there is none. */
export async function askModel(call: Omit<ModelCall, "timeoutMs">, context: AskContext): Promise<Asked> {
  let use = NO_USE;
  for (;;) {
    const closed = context.gate.closed(context.clock.now());
    if (closed) {
      if (!(await outlast(closed, context))) return { ok: false, failure: closed.failure, use };
      continue;
    }
    const left = context.deadline - context.clock.now();
    if (left < MIN_CALL_MS) return { ok: false, failure: "timeout", use };
    const result = await generate({ ...call, timeoutMs: Math.min(CALL_MS, left) }, context);
    use = addUse(use, { calls: 1, promptTokens: result.promptTokens, responseTokens: result.responseTokens });
    if (result.ok) return { ok: true, text: result.text, use };
    const calls = context.callsBefore + use.calls;
    context.onFailure(result.failure, result.detail, calls);
    const wait = waitBefore(result.failure, use.calls, context.random);
    const now = context.clock.now();
    if (wait === undefined || calls >= MAX_CALLS || now + wait + MIN_CALL_MS > context.deadline) {
      return { ok: false, failure: answerFailure(result.failure), use };
    }
    if (wait > 0) await sleep(context.clock, wait);
  }
}

/**
 * Waits until a pause that the provider asked for is over, when the answer has time for it. Those who wait set off one
 * after another, not all at once. @returns false: there is no point in waiting
 */
async function outlast(closed: Closed, context: AskContext): Promise<boolean> {
  const now = context.clock.now();
  const until = closed.until + Math.round(BACKOFF_MS * context.random());
  if (closed.failure !== "quota" || until + MIN_CALL_MS > context.deadline) return false;
  await sleep(context.clock, until - now);
  return true;
}

async function generate(call: ModelCall, context: AskContext): Promise<ModelResult> {
  const result = await context.model.generate(call);
  context.gate.report(result.ok ? undefined : result.failure, context.clock.now());
  return result;
}

/** Milliseconds to wait before another call; undefined: another call cannot help. */
function waitBefore(failure: ModelFailure, calls: number, random: () => number): number | undefined {
  switch (failure.kind) {
    case "rate":
      if (failure.perDay) return undefined;
      return failure.retryAfterMs ?? backoff(calls, random);
    case "unavailable":
      return backoff(calls, random);
    case "timeout":
      return 0;
    case "blocked":
      return failure.retry ? 0 : undefined;
    // The same question would be answered at the same length: this is mended with advice, not with another try.
    case "unusable":
    case "model_unknown":
    case "refused":
      return undefined;
  }
}

function backoff(calls: number, random: () => number): number {
  const full = BACKOFF_MS * 2 ** (calls - 1);
  return Math.round(full / 2 + (full / 2) * random());
}

function answerFailure(failure: ModelFailure): AnswerFailure {
  switch (failure.kind) {
    case "rate":
      return failure.perDay ? "quota_day" : "quota";
    case "unusable":
      return "malformed";
    default:
      return failure.kind;
  }
}
