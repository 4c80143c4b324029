import { describe, expect, test } from "vitest";
import { type AskContext, askModel, CALL_MS, MAX_CALLS } from "./attempts.ts";
import { createGate } from "./gate.ts";
import type { ModelFailure, ModelResult } from "./model.ts";
import { type EagerClock, eagerClock } from "./testing/clocks.ts";
import { scriptedModel } from "./testing/models.ts";

const CALL = { instruction: "", turns: [] };
const OK: ModelResult = { ok: true, text: "{}", promptTokens: 10, responseTokens: 2 };

function failed(failure: ModelFailure): ModelResult {
  return { ok: false, failure, detail: "", promptTokens: 1, responseTokens: 0 };
}

function setUp(
  script: Parameters<typeof scriptedModel>[0],
  clock: EagerClock = eagerClock(),
  more: Partial<AskContext> = {},
) {
  const model = scriptedModel(script);
  const context: AskContext = {
    model,
    gate: createGate(),
    clock,
    random: () => 1,
    deadline: 8000,
    callsBefore: 0,
    onFailure: () => undefined,
    ...more,
  };
  return { model, clock, context };
}

const rate = (retryAfterMs?: number, perDay = false): ModelFailure =>
  retryAfterMs === undefined ? { kind: "rate", perDay } : { kind: "rate", perDay, retryAfterMs };

describe("one failure, then success", () => {
  test.each<[string, ModelFailure, number[]]>([
    ["RetryInfo is honoured to the millisecond", rate(2345), [2345]],
    ["429 without RetryInfo: backoff", rate(), [300]],
    ["5xx: backoff", { kind: "unavailable" }, [300]],
    ["a timeout is tried again at once", { kind: "timeout" }, []],
    ["a filter that may pass is tried again at once", { kind: "blocked", reason: "RECITATION", retry: true }, []],
  ])("%s", async (_, failure, waits) => {
    const { model, clock, context } = setUp([failed(failure), OK]);
    const asked = await askModel(CALL, context);
    expect(asked).toEqual({ ok: true, text: "{}", use: { calls: 2, promptTokens: 11, responseTokens: 2 } });
    expect([model.calls.length, clock.waits]).toEqual([2, waits]);
  });
});

describe("failures that no second call mends", () => {
  test.each<[string, ModelFailure, string]>([
    ["a used-up day", rate(1000, true), "quota_day"],
    ["a delay beyond the deadline", rate(7000), "quota"],
    ["an unknown model", { kind: "model_unknown" }, "model_unknown"],
    ["a refused key", { kind: "refused", account: true }, "refused"],
    ["a final block", { kind: "blocked", reason: "SAFETY", retry: false }, "blocked"],
    ["a cut answer", { kind: "unusable", reason: "max_tokens" }, "malformed"],
    ["an empty answer", { kind: "unusable", reason: "empty" }, "malformed"],
  ])("%s", async (_, failure, outcome) => {
    const { model, clock, context } = setUp([failed(failure), OK]);
    const asked = await askModel(CALL, context);
    expect(asked).toEqual({ ok: false, failure: outcome, use: { calls: 1, promptTokens: 1, responseTokens: 0 } });
    expect([model.calls.length, clock.waits]).toEqual([1, []]);
  });
});

test("backoff doubles, and half of it is chance", async () => {
  const down = failed({ kind: "unavailable" });
  const most = setUp([down, down, down]);
  await askModel(CALL, most.context);
  const least = setUp([down, down, down], eagerClock(), { random: () => 0 });
  expect(await askModel(CALL, least.context)).toMatchObject({ ok: false, failure: "unavailable" });
  expect([most.clock.waits, least.clock.waits]).toEqual([
    [300, 600],
    [150, 300],
  ]);
});

test("no more calls than allowed, earlier ones of the same answer included", async () => {
  const down = failed({ kind: "unavailable" });
  const fresh = setUp([down, down, down, OK]);
  await askModel(CALL, fresh.context);
  expect(fresh.model.calls.length).toBe(MAX_CALLS);
  const late = setUp([down, OK], eagerClock(), { callsBefore: MAX_CALLS - 1 });
  await askModel(CALL, late.context);
  expect(late.model.calls.length).toBe(1);
});

test("each call gets what is left of the deadline, and none is begun that cannot end", async () => {
  const clock = eagerClock();
  const slow = (): ModelResult => {
    clock.pass(5000);
    return failed({ kind: "timeout" });
  };
  const { model, context } = setUp([slow, slow, OK], clock);
  expect(await askModel(CALL, context)).toMatchObject({ ok: false, failure: "timeout" });
  expect(model.calls.map(({ timeoutMs }) => timeoutMs)).toEqual([CALL_MS, 3000]);
});

test("a closed gate costs no call", async () => {
  const { model, context } = setUp([OK]);
  context.gate.report(rate(7000), 0);
  expect(await askModel(CALL, context)).toEqual({
    ok: false,
    failure: "quota",
    use: { calls: 0, promptTokens: 0, responseTokens: 0 },
  });
  expect(model.calls).toEqual([]);
});

test("a pause that another answer ran into is waited out when there is time, and not all set off together", async () => {
  const { model, clock, context } = setUp([OK]);
  context.gate.report(rate(2000), 0);
  expect(await askModel(CALL, context)).toMatchObject({ ok: true });
  expect([model.calls.length, clock.waits]).toEqual([1, [2300]]);
});
