/**
 * Durations as counts in buckets whose bounds grow by a fifth: small enough to keep one for each hour, agent and kind,
 * and to be added up, and each percentile is right to within a tenth of itself.
 */

/** How many fell into each bucket, by `b{n}`: bucket n holds what is above `FIRST_MS × GROWTH^(n-1)` up to `× GROWTH^n`. */
export type Histogram = Readonly<Record<string, number>>;

const FIRST_MS = 100;
const GROWTH = 1.2;
/** More than four months. */
const LAST = 100;

/** The bucket of a duration in milliseconds. */
export function bucketOf(ms: number): string {
  const bucket = ms <= FIRST_MS ? 0 : Math.ceil(Math.log(ms / FIRST_MS) / Math.log(GROWTH) - 1e-9);
  return `b${Math.min(LAST, bucket)}`;
}

/** What fell into a bucket, told as its middle, in milliseconds. */
function middleOf(bucket: number): number {
  return bucket === 0 ? FIRST_MS / 2 : FIRST_MS * GROWTH ** (bucket - 0.5);
}

export function countOf(histogram: Histogram): number {
  return Object.values(histogram).reduce((sum, count) => sum + count, 0);
}

/** The duration that a share of all are at or below, in milliseconds. @param share 0 to 1 */
export function percentile(histogram: Histogram, share: number): number {
  const buckets = Object.entries(histogram)
    .map(([name, count]) => [Number(name.slice(1)), count] as const)
    .sort(([a], [b]) => a - b);
  const rank = Math.max(1, Math.ceil(share * countOf(histogram)));
  let seen = 0;
  for (const [bucket, count] of buckets) {
    seen += count;
    if (seen >= rank) return Math.round(middleOf(bucket));
  }
  return 0;
}
