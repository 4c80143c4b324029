import { LocalError } from "../../errors.ts";
import { merge, percentile } from "./distribution.ts";
import type { Distribution, Point, Series } from "./time-series.ts";

/**
 * Alignment and reduction as Cloud Monitoring does them: each series gives one value for the window that ends now, then
 * series with the same group labels become one. Only what the stack's alerts use is here; the rest is refused.
 * https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alertPolicies#Aggregation
 */
export interface Aggregation {
  readonly periodMs: number;
  readonly aligner: Aligner;
  readonly reducer: Reducer;
  /** `metric.label.channel`, `resource.label.host` */
  readonly groupBy: readonly string[];
}

export const ALIGNERS = [
  "ALIGN_DELTA",
  "ALIGN_RATE",
  "ALIGN_MAX",
  "ALIGN_MIN",
  "ALIGN_MEAN",
  "ALIGN_COUNT",
  "ALIGN_NEXT_OLDER",
  "ALIGN_PERCENTILE_99",
  "ALIGN_PERCENTILE_95",
  "ALIGN_PERCENTILE_50",
] as const;
export type Aligner = (typeof ALIGNERS)[number];

export const REDUCERS = [
  "REDUCE_NONE",
  "REDUCE_SUM",
  "REDUCE_MAX",
  "REDUCE_MIN",
  "REDUCE_MEAN",
  "REDUCE_COUNT",
  "REDUCE_COUNT_TRUE",
  "REDUCE_COUNT_FALSE",
  "REDUCE_PERCENTILE_99",
  "REDUCE_PERCENTILE_95",
  "REDUCE_PERCENTILE_50",
] as const;
export type Reducer = (typeof REDUCERS)[number];

type Value = number | Distribution;

/** One value of one group of series. */
export interface Aggregated {
  /** Of the group; empty when all series are one. */
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** @param now end of the window, milliseconds; its begin is not in it. Series without a point in it are absent. */
export function aggregate(all: readonly Series[], aggregation: Aggregation, now: number): Aggregated[] {
  const groups = new Map<string, { labels: Record<string, string>; values: Value[] }>();
  for (const series of all) {
    const points = within(series.points, now - aggregation.periodMs, now);
    const value = points.length === 0 ? undefined : align(series, points, aggregation);
    if (value === undefined) continue;
    const labels = groupLabels(series, aggregation);
    const key = JSON.stringify(labels);
    const group = groups.get(key) ?? { labels, values: [] };
    group.values.push(value);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ labels, values }) => {
    const value = reduce(values, aggregation.reducer);
    return value === undefined ? [] : [{ labels, value }];
  });
}

/** The points after `from`, up to and with `to`. */
export function within(points: readonly Point[], from: number, to: number): Point[] {
  const found: Point[] = [];
  for (let index = points.length - 1; index >= 0; index -= 1) {
    const point = points[index];
    if (point === undefined || point.at <= from) break;
    if (point.at <= to) found.push(point);
  }
  return found.reverse();
}

function align(series: Series, points: readonly Point[], { aligner, periodMs }: Aggregation): Value | undefined {
  const numbers = points.map(({ value }) => value).filter((value) => typeof value === "number");
  const distributions = points.map(({ value }) => value).filter((value) => typeof value !== "number");
  const sum = numbers.reduce((total, value) => total + value, 0);
  switch (aligner) {
    case "ALIGN_DELTA":
      demand(series, aligner, series.kind === "DELTA");
      return series.valueType === "DISTRIBUTION" ? merge(distributions) : sum;
    case "ALIGN_RATE":
      demand(series, aligner, series.kind === "DELTA" && series.valueType !== "DISTRIBUTION");
      return sum / (periodMs / 1000);
    case "ALIGN_COUNT":
      demand(series, aligner, series.valueType !== "DISTRIBUTION");
      return points.length;
    case "ALIGN_NEXT_OLDER":
      demand(series, aligner, series.kind === "GAUGE");
      return points.at(-1)?.value;
    case "ALIGN_MAX":
    case "ALIGN_MIN":
    case "ALIGN_MEAN":
      demand(series, aligner, series.valueType === "INT64" || series.valueType === "DOUBLE");
      if (aligner === "ALIGN_MEAN") return sum / numbers.length;
      return aligner === "ALIGN_MAX" ? Math.max(...numbers) : Math.min(...numbers);
    case "ALIGN_PERCENTILE_99":
    case "ALIGN_PERCENTILE_95":
    case "ALIGN_PERCENTILE_50": {
      demand(series, aligner, series.valueType === "DISTRIBUTION");
      const merged = merge(distributions);
      return merged && percentile(merged, Number(aligner.slice(-2)));
    }
  }
}

function reduce(values: readonly Value[], reducer: Reducer): number | undefined {
  const numbers = values.filter((value) => typeof value === "number");
  const sum = numbers.reduce((total, value) => total + value, 0);
  switch (reducer) {
    case "REDUCE_NONE":
    case "REDUCE_SUM":
      return numbersOnly(values, reducer, sum);
    case "REDUCE_MAX":
      return numbersOnly(values, reducer, Math.max(...numbers));
    case "REDUCE_MIN":
      return numbersOnly(values, reducer, Math.min(...numbers));
    case "REDUCE_MEAN":
      return numbersOnly(values, reducer, sum / numbers.length);
    case "REDUCE_COUNT":
      return values.length;
    case "REDUCE_COUNT_TRUE":
      return numbersOnly(values, reducer, numbers.filter((value) => value !== 0).length);
    case "REDUCE_COUNT_FALSE":
      return numbersOnly(values, reducer, numbers.filter((value) => value === 0).length);
    case "REDUCE_PERCENTILE_99":
    case "REDUCE_PERCENTILE_95":
    case "REDUCE_PERCENTILE_50":
      return percentileOf(values, Number(reducer.slice(-2)));
  }
}

/** Of distributions all their values together, of numbers the numbers. */
function percentileOf(values: readonly Value[], share: number): number | undefined {
  const merged = merge(values.filter((value) => typeof value !== "number"));
  if (merged) return percentile(merged, share);
  const ordered = values.filter((value) => typeof value === "number").toSorted((left, right) => left - right);
  return ordered[Math.max(0, Math.ceil((share / 100) * ordered.length) - 1)];
}

function numbersOnly(values: readonly Value[], reducer: Reducer, result: number): number {
  if (values.every((value) => typeof value === "number")) return result;
  throw unfit(`${reducer} of a distribution is no number to compare`, "Use a percentile, as aligner or as reducer.");
}

function demand(series: Series, aligner: Aligner, holds: boolean): void {
  if (holds) return;
  throw unfit(
    `${aligner} does not fit ${series.metric.type}, which is ${series.kind} ${series.valueType}`,
    "Google refuses it, too: the list of aligners says which fit.",
  );
}

function unfit(what: string, advice: string): LocalError {
  return new LocalError("aggregation_unfit", `${what}.`, advice);
}

/** Without a reducer each series is a group of its own. */
function groupLabels(series: Series, { groupBy, reducer }: Aggregation): Record<string, string> {
  if (reducer === "REDUCE_NONE") return { ...series.resource.labels, ...series.metric.labels };
  return Object.fromEntries(
    groupBy.map((field) => {
      const [side, , label = ""] = field.split(".");
      const { labels } = side === "metric" ? series.metric : series.resource;
      return [label, labels[label] ?? ""];
    }),
  );
}
