import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { type Aggregation, aggregate } from "./aggregate.ts";
import { percentile } from "./distribution.ts";
import { createTimeSeries } from "./time-series.ts";

const BOUNDS = [100, 1000, 5000, 10_000];
const metric = (labels: Record<string, string>) => ({ type: "example", labels });
const resource = { type: "cloud_run_revision", labels: { service_name: "example" } };
const window = (aggregation: Partial<Aggregation>): Aggregation => ({
  periodMs: 60_000,
  aligner: "ALIGN_DELTA",
  reducer: "REDUCE_SUM",
  groupBy: [],
  ...aggregation,
});

function counts() {
  const series = createTimeSeries();
  const count = (channel: string, at: number) =>
    series.count({ metric: metric({ channel }), resource, kind: "DELTA", valueType: "INT64" }, at);
  for (const at of [1000, 30_000, 59_000, 61_000]) count("whatsapp", at);
  count("instagram", 30_000);
  return series;
}

test("a count is what came after the window's begin, up to its end", () => {
  const all = counts().of("example");
  expect(aggregate(all, window({}), 60_000)).toEqual([{ labels: {}, value: 4 }]);
  expect(aggregate(all, window({ groupBy: ["metric.label.channel"] }), 61_000)).toEqual([
    { labels: { channel: "whatsapp" }, value: 3 },
    { labels: { channel: "instagram" }, value: 1 },
  ]);
  expect(aggregate(all, window({ aligner: "ALIGN_RATE" }), 60_000)).toEqual([{ labels: {}, value: 4 / 60 }]);
});

test("a series without a point in the window is absent, not zero", () => {
  expect(aggregate(counts().of("example"), window({}), 200_000)).toEqual([]);
});

test("a gauge gives its newest point, its highest, or how many there were", () => {
  const series = createTimeSeries();
  const gauge = { metric: metric({}), resource, kind: "GAUGE", valueType: "INT64" } as const;
  for (const [at, value] of [
    [10_000, 1],
    [20_000, 3],
    [50_000, 0],
  ] as const)
    series.read(gauge, value, at);
  const value = (aligner: Aggregation["aligner"]) =>
    aggregate(series.of("example"), window({ aligner }), 60_000)[0]?.value;
  expect([value("ALIGN_NEXT_OLDER"), value("ALIGN_MAX"), value("ALIGN_COUNT")]).toEqual([0, 3, 3]);
});

test("places that say no are counted", () => {
  const series = createTimeSeries();
  for (const [place, passed] of Object.entries({ USA: 1, EUROPE: 0, SOUTH_AMERICA: 0 })) {
    const check = { metric: metric({ place }), resource, kind: "GAUGE", valueType: "BOOL" } as const;
    series.read(check, passed, 1000);
  }
  const aggregation = window({ aligner: "ALIGN_NEXT_OLDER", reducer: "REDUCE_COUNT_FALSE" });
  expect(aggregate(series.of("example"), aggregation, 60_000)).toEqual([{ labels: {}, value: 2 }]);
});

test("a percentile is of all values together, and lies within its bucket", () => {
  const series = createTimeSeries();
  for (const outcome of ["reply", "timeout"]) {
    const identity = { metric: metric({ outcome }), resource, kind: "DELTA", valueType: "DISTRIBUTION" } as const;
    for (let n = 0; n < 50; n += 1) series.observe(identity, BOUNDS, outcome === "reply" ? 500 : 6000, 1000 + n);
  }
  const p = (reducer: Aggregation["reducer"]) => aggregate(series.of("example"), window({ reducer }), 60_000)[0]?.value;
  expect(p("REDUCE_PERCENTILE_50")).toBe(1000);
  expect(p("REDUCE_PERCENTILE_95")).toBe(9500);
});

property.prop([fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1 })])(
  "percentiles rise with their share and never leave the buckets",
  (values) => {
    const series = createTimeSeries();
    const identity = { metric: metric({}), resource, kind: "DELTA", valueType: "DISTRIBUTION" } as const;
    for (const value of values) series.observe(identity, BOUNDS, value, 1000);
    const [point] = series.of("example")[0]?.points ?? [];
    if (!point || typeof point.value === "number") throw new Error("no distribution");
    const distribution = point.value;
    const shares = [1, 50, 95, 99, 100].map((share) => percentile(distribution, share) ?? Number.NaN);
    expect(shares).toEqual(shares.toSorted((left, right) => left - right));
    expect(shares.every((value) => value >= 0 && value <= 10_000)).toBe(true);
  },
);

test.each([
  ["a delta of a gauge", "GAUGE", "INT64", "ALIGN_DELTA"],
  ["the newest of a count", "DELTA", "INT64", "ALIGN_NEXT_OLDER"],
  ["the highest of a distribution", "DELTA", "DISTRIBUTION", "ALIGN_MAX"],
] as const)("%s is refused, as Google does", (_, kind, valueType, aligner) => {
  const series = createTimeSeries();
  const identity = { metric: metric({}), resource, kind, valueType };
  if (valueType === "DISTRIBUTION") series.observe(identity, BOUNDS, 1, 1000);
  else series.read(identity, 1, 1000);
  expect(() => aggregate(series.of("example"), window({ aligner }), 60_000)).toThrow("does not fit example");
});
