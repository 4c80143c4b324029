import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { bucketOf, countOf, type Histogram, percentile } from "./histogram.ts";

function histogramOf(durations: readonly number[]): Histogram {
  const counts: Record<string, number> = {};
  for (const ms of durations) counts[bucketOf(ms)] = (counts[bucketOf(ms)] ?? 0) + 1;
  return counts;
}

/** From the shortest that is told apart to a month. */
const durations = fc.array(fc.integer({ min: 120, max: 30 * 24 * 3_600_000 }), { minLength: 1, maxLength: 300 });

property.prop([durations, fc.constantFrom(0.5, 0.9)])("a percentile is right to within a tenth", (all, share) => {
  const sorted = all.toSorted((a, b) => a - b);
  const exact = sorted[Math.max(0, Math.ceil(share * all.length) - 1)] ?? 0;
  const told = percentile(histogramOf(all), share);
  expect(Math.abs(told - exact) / exact).toBeLessThanOrEqual(0.1);
});

test("the bounds of the buckets", () => {
  expect([0, 100, 101, 120, 121].map(bucketOf)).toEqual(["b0", "b0", "b1", "b1", "b2"]);
  expect(bucketOf(Number.MAX_SAFE_INTEGER)).toBe("b100");
  expect([countOf({}), percentile({}, 0.5), percentile({ b0: 3 }, 0.9)]).toEqual([0, 0, 50]);
});
