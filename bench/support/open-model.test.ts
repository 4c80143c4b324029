import { describe, expect, test } from "vitest";
import { median, percentile } from "./open-model.ts";

describe("percentile", () => {
  const values = Array.from({ length: 100 }, (_, index) => index + 1);
  test.each([
    [50, 50],
    [95, 95],
    [99, 99],
    [100, 100],
  ])("p%d of 1..100 is %d", (percent, expected) => {
    expect(percentile(values, percent)).toBe(expected);
  });

  test("nothing measured is 0, one value is every percentile", () => {
    expect(percentile([], 99)).toBe(0);
    expect(percentile([7], 1)).toBe(7);
  });

  test("the median does not depend on the order", () => {
    expect(median([9, 1, 5])).toBe(5);
  });
});
