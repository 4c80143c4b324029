/** What is measured, as Cloud Monitoring keeps it: points of time series. */

export interface Labelled {
  readonly type: string;
  readonly labels: Readonly<Record<string, string>>;
}

export type Kind = "GAUGE" | "DELTA";
export type ValueType = "INT64" | "DOUBLE" | "BOOL" | "DISTRIBUTION";

/** Counts by bucket: below the first bound, between each two, beyond the last. */
export interface Distribution {
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
}

export interface Point {
  /** Milliseconds: the end of its interval. */
  readonly at: number;
  /** Booleans are 0 and 1. */
  readonly value: number | Distribution;
}

export interface Series {
  readonly metric: Labelled;
  readonly resource: Labelled;
  readonly kind: Kind;
  readonly valueType: ValueType;
  /** In order of time. */
  readonly points: readonly Point[];
}

type Identity = Omit<Series, "points">;

/** Points of a count that are closer together are one: Google makes one a minute. */
const GRAIN_MS = 10_000;
/** The longest look back of a condition is six hours. */
const KEPT_MS = 7 * 3_600_000;

export interface TimeSeries {
  /** One more of a count. */
  count(series: Identity, at: number): void;
  /** One more value of a distribution. */
  observe(series: Identity, bounds: readonly number[], value: number, at: number): void;
  /** A gauge's reading. */
  read(series: Identity, value: number, at: number): void;
  /** Every series of a metric. */
  of(metricType: string): readonly Series[];
}

/** Keeps what is measured, in memory, as long as a condition may look back. */
export function createTimeSeries(): TimeSeries {
  const byMetric = new Map<string, Map<string, Identity & { points: Point[] }>>();

  function seriesOf(identity: Identity): { points: Point[] } {
    const { metric, resource } = identity;
    const all = byMetric.get(metric.type) ?? new Map<string, Identity & { points: Point[] }>();
    byMetric.set(metric.type, all);
    const key = JSON.stringify([resource.type, sorted(metric.labels), sorted(resource.labels)]);
    const known = all.get(key) ?? { ...identity, points: [] };
    all.set(key, known);
    return known;
  }

  function put(identity: Identity, at: number, change: (last: Point["value"] | undefined) => Point["value"]): void {
    const series = seriesOf(identity);
    const last = series.points.at(-1);
    const together = identity.kind === "DELTA" && last !== undefined && grainOf(at) === grainOf(last.at);
    if (together) series.points[series.points.length - 1] = { at: last.at, value: change(last.value) };
    else series.points.push({ at, value: change(undefined) });
    // Lines of two processes may come a little out of order.
    if (last !== undefined && at < last.at) series.points.sort((left, right) => left.at - right.at);
    const old = series.points.findIndex((point) => point.at > at - KEPT_MS);
    if (old > 1000) series.points.splice(0, old);
  }

  return {
    count: (series, at) => put(series, at, (last) => (typeof last === "number" ? last : 0) + 1),
    observe: (series, bounds, value, at) => put(series, at, (last) => withValue(last, bounds, value)),
    read: (series, value, at) => put(series, at, () => value),
    of: (metricType) => [...(byMetric.get(metricType)?.values() ?? [])],
  };
}

function grainOf(at: number): number {
  return Math.floor(at / GRAIN_MS);
}

function withValue(last: Point["value"] | undefined, bounds: readonly number[], value: number): Distribution {
  const counts =
    last !== undefined && typeof last !== "number" ? [...last.counts] : Array<number>(bounds.length + 1).fill(0);
  const above = bounds.findIndex((bound) => value < bound);
  const bucket = above < 0 ? bounds.length : above;
  counts[bucket] = (counts[bucket] ?? 0) + 1;
  return { bounds, counts };
}

function sorted(labels: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(labels).sort(([left], [right]) => (left < right ? -1 : 1));
}
