import { describe, expect, test } from "vitest";
import { createGate, FAILURES_TO_OPEN, type Gate, MAX_OPEN_MS, MAX_PAUSE_MS, OPEN_MS } from "./gate.ts";
import type { ModelFailure } from "./model.ts";

const DOWN: ModelFailure = { kind: "unavailable" };

function fail(gate: Gate, times: number, failure: ModelFailure = DOWN, now = 0): void {
  for (let i = 0; i < times; i += 1) gate.report(failure, now);
}

function why(gate: Gate, now: number): string | undefined {
  return gate.closed(now)?.failure;
}

describe("circuit", () => {
  test.each<ModelFailure>([
    DOWN,
    { kind: "timeout" },
    { kind: "model_unknown" },
    { kind: "refused", account: true },
    { kind: "rate", perDay: false },
  ])("opens after failures in a row: %j", (failure) => {
    const gate = createGate();
    fail(gate, FAILURES_TO_OPEN - 1, failure);
    expect(why(gate, 0)).toBeUndefined();
    fail(gate, 1, failure);
    expect(why(gate, OPEN_MS - 1)).toBe("circuit_open");
    expect(why(gate, OPEN_MS)).toBeUndefined();
  });

  test.each<ModelFailure | undefined>([
    undefined,
    { kind: "blocked", reason: "SAFETY", retry: false },
    { kind: "unusable", reason: "empty" },
    { kind: "refused", account: false },
  ])("is kept shut by any sign of life: %j", (alive) => {
    const gate = createGate();
    fail(gate, FAILURES_TO_OPEN - 1);
    gate.report(alive, 0);
    fail(gate, FAILURES_TO_OPEN - 1);
    expect(why(gate, 0)).toBeUndefined();
  });

  test("lets one probe through at a time", () => {
    const gate = createGate();
    fail(gate, FAILURES_TO_OPEN);
    expect([why(gate, OPEN_MS), why(gate, OPEN_MS), why(gate, OPEN_MS + 9999)]).toEqual([
      undefined,
      "circuit_open",
      "circuit_open",
    ]);
    // A probe that was never reported does not keep the circuit open for ever.
    expect(why(gate, OPEN_MS + 10_000)).toBeUndefined();
  });

  test("waits twice as long after each failed probe, up to a limit, and closes on success", () => {
    const gate = createGate();
    fail(gate, FAILURES_TO_OPEN);
    const waits: number[] = [];
    let now = OPEN_MS;
    for (let probe = 0; probe < 5; probe += 1) {
      expect(why(gate, now)).toBeUndefined();
      gate.report(DOWN, now);
      let wait = 0;
      while (why(gate, now + wait) === "circuit_open") wait += 1000;
      waits.push(wait);
      now += wait;
      // The probe that the loop let through.
      gate.report({ kind: "timeout" }, now);
      now += MAX_OPEN_MS;
    }
    expect(waits).toEqual([20_000, 60_000, 60_000, 60_000, 60_000]);
    expect(why(gate, now)).toBeUndefined();
    gate.report(undefined, now);
    expect([why(gate, now), why(gate, now)]).toEqual([undefined, undefined]);
  });
});

test("says when it is worth asking again", () => {
  const gate = createGate();
  fail(gate, 1, { kind: "rate", perDay: false, retryAfterMs: 5000 }, 1000);
  expect(gate.closed(2000)).toEqual({ failure: "quota", until: 6000 });
  fail(gate, FAILURES_TO_OPEN, DOWN, 7000);
  expect(gate.closed(8000)).toEqual({ failure: "circuit_open", until: 7000 + OPEN_MS });
});

describe("quota", () => {
  test("a 429 with a delay pauses everybody that long, without counting as an outage", () => {
    const gate = createGate();
    fail(gate, FAILURES_TO_OPEN, { kind: "rate", perDay: false, retryAfterMs: 37_000 }, 1000);
    expect([why(gate, 37_999), why(gate, 38_000)]).toEqual(["quota", undefined]);
  });

  test("a mistaken delay is not believed", () => {
    const gate = createGate();
    fail(gate, 1, { kind: "rate", perDay: false, retryAfterMs: 36_000_000 });
    expect([why(gate, MAX_PAUSE_MS - 1), why(gate, MAX_PAUSE_MS)]).toEqual(["quota", undefined]);
  });

  test("a used-up day lasts until midnight Pacific", () => {
    const gate = createGate();
    const now = Date.parse("2026-07-15T12:00:00Z");
    fail(gate, 1, { kind: "rate", perDay: true, retryAfterMs: 20_000 }, now);
    const midnight = Date.parse("2026-07-16T07:00:00Z");
    expect([why(gate, now), why(gate, midnight - 1), why(gate, midnight)]).toEqual([
      "quota_day",
      "quota_day",
      undefined,
    ]);
  });
});
