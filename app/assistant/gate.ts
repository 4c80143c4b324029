import type { AnswerFailure } from "./assistant.ts";
import type { ModelFailure } from "./model.ts";
import { nextPacificMidnight } from "./pacific.ts";

/**
 * Whether the model may be called at all. During an outage every queued conversation would otherwise wait for its own
 * timeout; here the first few find out for all of them. One per process: instances learn alike within seconds.
 */

/** Failures in a row that open the circuit: one answer makes at most three calls, so no single customer can open it. */
export const FAILURES_TO_OPEN = 5;
/** Milliseconds that the circuit stays open at first; each failed probe doubles it. */
export const OPEN_MS = 10_000;
/** Milliseconds that it stays open at most: after an outage of any length, answers are back within a minute. */
export const MAX_OPEN_MS = 60_000;
/** The longest pause that one 429 may ask for: a mistaken delay must not silence the bot for hours. */
export const MAX_PAUSE_MS = 600_000;

export interface Closed {
  readonly failure: Extract<AnswerFailure, "quota" | "quota_day" | "circuit_open">;
  /** When it is worth asking again; Unix milliseconds. */
  readonly until: number;
}

export interface Gate {
  /** Why no call may be made now; undefined: make it, and `report` what came of it. */
  closed(now: number): Closed | undefined;
  /** @param failure undefined when the model answered, whatever the answer was worth. */
  report(failure: ModelFailure | undefined, now: number): void;
}

interface GateState {
  failures: number;
  openMs: number;
  openUntil: number;
  /** When a probe was let through: others wait for its report, but not for ever. */
  probeAt: number | undefined;
  pausedUntil: number;
  dayOverAt: number;
}

/** How long a probe may stay unreported before another is let through. */
const PROBE_MS = 10_000;

export function createGate(): Gate {
  const state: GateState = {
    failures: 0,
    openMs: OPEN_MS,
    openUntil: 0,
    probeAt: undefined,
    pausedUntil: 0,
    dayOverAt: 0,
  };
  return {
    closed: (now) => closed(state, now),
    report: (failure, now) => report(state, failure, now),
  };
}

function closed(state: GateState, now: number): Closed | undefined {
  if (now < state.dayOverAt) return { failure: "quota_day", until: state.dayOverAt };
  if (now < state.pausedUntil) return { failure: "quota", until: state.pausedUntil };
  if (state.failures < FAILURES_TO_OPEN) return undefined;
  const probeOver = state.probeAt === undefined ? 0 : state.probeAt + PROBE_MS;
  const until = Math.max(state.openUntil, probeOver);
  if (now < until) return { failure: "circuit_open", until };
  state.probeAt = now;
  return undefined;
}

function report(state: GateState, failure: ModelFailure | undefined, now: number): void {
  const wasProbe = state.probeAt !== undefined;
  state.probeAt = undefined;
  if (failure?.kind === "rate" && failure.perDay) state.dayOverAt = nextPacificMidnight(now);
  if (failure?.kind === "rate" && failure.retryAfterMs !== undefined) {
    state.pausedUntil = now + Math.min(failure.retryAfterMs, MAX_PAUSE_MS);
  }
  if (failure === undefined || !isOutage(failure)) {
    state.failures = 0;
    state.openMs = OPEN_MS;
    return;
  }
  state.failures += 1;
  if (state.failures < FAILURES_TO_OPEN) return;
  if (wasProbe) state.openMs = Math.min(state.openMs * 2, MAX_OPEN_MS);
  state.openUntil = now + state.openMs;
}

/** Whether the next call, for another customer, would most likely end the same way. */
function isOutage(failure: ModelFailure): boolean {
  switch (failure.kind) {
    case "timeout":
    case "unavailable":
    case "model_unknown":
      return true;
    case "refused":
      return failure.account;
    case "rate":
      return failure.retryAfterMs === undefined && !failure.perDay;
    case "blocked":
    case "unusable":
      return false;
  }
}
