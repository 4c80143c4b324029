import { expect, test } from "vitest";
import { createMonitoring } from "./monitoring.ts";
import { notificationBody } from "./notification.ts";
import { policyInputs } from "./policy.ts";

const filter = 'metric.type="example" AND resource.type="generic_task"';
const MINUTE = 60_000;

function condition(changes: Record<string, unknown> = {}) {
  return {
    displayName: "too low",
    conditionThreshold: {
      filter,
      aggregations: [{ alignmentPeriod: "60s", perSeriesAligner: "ALIGN_NEXT_OLDER" }],
      comparison: "COMPARISON_LT",
      thresholdValue: 1,
      duration: "120s",
      evaluationMissingData: "EVALUATION_MISSING_DATA_INACTIVE",
      ...changes,
    },
  };
}

function policy(conditions: unknown[], changes: Record<string, unknown> = {}) {
  return { displayName: "Example", combiner: "OR", conditions, notificationChannels: ["one"], ...changes };
}

function setUp(inputs: Record<string, unknown>) {
  const monitoring = createMonitoring();
  monitoring.putPolicy("example", policyInputs.parse(inputs));
  let now = 0;
  return {
    /** A minute passes, at whose end the gauge says this; nothing when it is silent. */
    minute(value?: number) {
      now += MINUTE;
      const series = {
        metric: { type: "example", labels: { channel: "whatsapp" } },
        resource: { type: "generic_task", labels: {} },
        kind: "GAUGE",
        valueType: "INT64",
      } as const;
      if (value !== undefined) monitoring.series.read(series, value, now);
      return monitoring.evaluate(now).map(({ state }) => state);
    },
    monitoring,
  };
}

test("opens once it has lasted, once, and closes with the first good value", () => {
  const { minute, monitoring } = setUp(policy([condition()]));
  expect([minute(1), minute(0), minute(0), minute(0), minute(0), minute(1)]).toEqual([
    [],
    [],
    [],
    ["open"],
    [],
    ["closed"],
  ]);
  expect(monitoring.incidents()).toEqual([]);
});

test("a good value in between begins the time anew", () => {
  const { minute } = setUp(policy([condition()]));
  expect([0, 0, 1, 0, 0, 0].flatMap(minute)).toEqual(["open"]);
});

test.each([
  ["EVALUATION_MISSING_DATA_INACTIVE", ["closed"]],
  ["EVALUATION_MISSING_DATA_ACTIVE", []],
  ["EVALUATION_MISSING_DATA_NO_OP", []],
])("silence while it is open, with %s", (evaluationMissingData, expected) => {
  const { minute } = setUp(policy([condition({ evaluationMissingData })]));
  for (let n = 0; n < 3; n += 1) minute(0);
  expect(minute()).toEqual(expected);
});

test("an incident without data ends by itself after its time", () => {
  const strategy = { alertStrategy: { autoClose: "1800s" } };
  const { minute } = setUp(policy([condition({ evaluationMissingData: undefined })], strategy));
  for (let n = 0; n < 3; n += 1) minute(0);
  const silent = Array.from({ length: 31 }, () => minute());
  expect(silent.flat()).toEqual(["closed"]);
  expect(silent.findIndex((changes) => changes.length > 0)).toBe(29);
});

test("with AND every condition must hold at the same time", () => {
  const never = condition({ thresholdValue: -1 });
  expect([0, 0, 0, 0].flatMap(setUp(policy([condition(), never], { combiner: "AND" })).minute)).toEqual([]);
  const both = setUp(policy([condition(), condition()], { combiner: "AND" }));
  expect([0, 0, 0, 0].flatMap(both.minute)).toEqual(["open"]);
});

test("what is told has the form of Google's webhooks", () => {
  const { minute, monitoring } = setUp(policy([condition()], { severity: "CRITICAL" }));
  for (let n = 0; n < 3; n += 1) minute(0);
  const [incident] = monitoring.incidents();
  if (!incident) throw new Error("nothing is open");
  expect(notificationBody({ state: "open", incident, channels: [] }, "demo")).toMatchObject({
    version: "1.2",
    incident: {
      state: "open",
      severity: "CRITICAL",
      policy_name: "Example",
      condition_name: "too low",
      started_at: 180,
      ended_at: null,
      metric: { type: "example", labels: { channel: "whatsapp" } },
      observed_value: "0",
      threshold_value: "1",
    },
  });
});

const other = (kind: string) => ({ displayName: "x", [kind]: { query: "up == 0" } });
test.each([
  [
    "a kind that it does not evaluate",
    policy([other("conditionPrometheusQueryLanguage")]),
    "conditionPrometheusQueryLanguage",
  ],
  ["a condition on logs", policy([other("conditionMatchedLog")]), "conditionMatchedLog"],
  ["a forecast", policy([condition({ forecastOptions: { forecastHorizon: "3600s" } })]), "forecastOptions"],
  ["half a minute", policy([condition({ duration: "90s" })]), "multiple of 60s"],
  [
    "an aligner that nobody knows",
    policy([condition({ aggregations: [{ alignmentPeriod: "60s", perSeriesAligner: "ALIGN_STDDEV" }] })]),
    "ALIGN_DELTA",
  ],
  ["resources that must match", policy([condition()], { combiner: "AND_WITH_MATCHING_RESOURCE" }), "OR and AND"],
])("%s is refused", (_, inputs, complaint) => {
  expect(policyInputs.safeParse(inputs).error?.message).toContain(complaint);
});

test("a filter without both types is refused", () => {
  const inputs = policyInputs.parse(policy([condition({ filter: 'metric.type="example"' })]));
  expect(() => createMonitoring().putPolicy("example", inputs)).toThrow("does not say resource.type");
});
