import type { Distribution } from "./time-series.ts";

/** Adds up distributions with the same buckets. */
export function merge(distributions: readonly Distribution[]): Distribution | undefined {
  const [first] = distributions;
  if (!first) return undefined;
  const counts = first.counts.map((_, bucket) =>
    distributions.reduce((sum, one) => sum + (one.counts[bucket] ?? 0), 0),
  );
  return { bounds: first.bounds, counts };
}

export function countOf({ counts }: Distribution): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/**
 * A percentile as Cloud Monitoring estimates it: values are taken to lie evenly in their bucket. Beyond the last bound
 * nothing is known but that.
 * https://cloud.google.com/monitoring/charts/charting-distribution-metrics
 * @param share 0 to 100
 */
export function percentile(distribution: Distribution, share: number): number | undefined {
  const { bounds, counts } = distribution;
  const total = countOf(distribution);
  if (total === 0) return undefined;
  const rank = (share / 100) * total;
  let below = 0;
  for (const [bucket, count] of counts.entries()) {
    if (count > 0 && below + count >= rank) {
      const lower = bucket === 0 ? 0 : (bounds[bucket - 1] ?? 0);
      const upper = bounds[bucket] ?? lower;
      return lower + (upper - lower) * ((rank - below) / count);
    }
    below += count;
  }
  return bounds.at(-1);
}
