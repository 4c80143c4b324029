import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { charge, divide, dollars, parseUsd, quantity, quantityText, rate, spanText } from "./money.ts";

const quantities = fc.bigInt({ min: 0n, max: 10n ** 18n });
const prices = fc
  .record({ micro: fc.integer({ min: 0, max: 100_000_000 }), lot: fc.integer({ min: 1, max: 1_000_000 }) })
  .map(({ micro, lot }) => rate((micro / 1_000_000).toFixed(6), lot));

describe("what a quantity costs", () => {
  property.prop([prices, quantities, quantities])("never falls as the quantity grows", (price, some, more) => {
    expect(charge(price, some + more)).toBeGreaterThanOrEqual(charge(price, some));
  });

  property.prop([prices, quantities, quantities])("adds up, to the millionth of a dollar", (price, left, right) => {
    const apart = charge(price, left) + charge(price, right);
    const together = charge(price, left + right);
    expect(together - apart).toBeLessThanOrEqual(1n);
    expect(together - apart).toBeGreaterThanOrEqual(-1n);
  });

  property.prop([prices])("is nothing for nothing", (price) => {
    expect(charge(price, 0n)).toBe(0n);
  });

  test("is exact where a double would not be", () => {
    // 0.1 + 0.2 of a dollar, and Cloud Run's price of a third of a second.
    expect(charge(rate("0.1", 1), quantity(1)) + charge(rate("0.2", 1), quantity(1))).toBe(300_000n);
    expect(charge(rate("0.000024", 1), quantity(1, 3))).toBe(8n);
    expect(charge(rate("0.0000025", 1), quantity(2_592_000))).toBe(6_480_000n);
  });
});

test.each([
  ["12", 12_000_000n],
  ["12.5", 12_500_000n],
  ["-0.3", -300_000n],
  ["1.2e-05", 12n],
  ["4E2", 400_000_000n],
  ["0.0000004", 0n],
  ["0.0000005", 1n],
])("%s dollars are %s millionths", (text, amount) => {
  expect(parseUsd(text)).toBe(amount);
});

test.each(["", "abc", "1,5", "$1", "1.2.3"])("%j is no amount", (text) => {
  expect(() => parseUsd(text)).toThrow("not an amount");
});

test.each([
  [0n, "$0.00"],
  [4_999n, "$0.00"],
  [5_000n, "$0.01"],
  [-5_000n, "-$0.01"],
  [1_234_567_890_000n, "$1,234,567.89"],
])("%s millionths are shown as %s", (amount, text) => {
  expect(dollars(amount)).toBe(text);
});

test("both ends are shown only where they differ by what is shown", () => {
  expect(spanText({ low: 100_000n, high: 100_001n })).toBe("$0.10");
  expect(spanText({ low: 100_000n, high: 1_500_000n })).toBe("$0.10 to $1.50");
});

test("quantities are shown with at most two decimals", () => {
  expect([quantity(1_500_000), quantity(1, 3), quantity(0), quantity(5, 2)].map(quantityText)).toEqual([
    "1,500,000",
    "0.33",
    "0",
    "2.5",
  ]);
});

test("halves are rounded away from zero, so that a credit is as large as its charge", () => {
  expect([divide(5n, 2n), divide(-5n, 2n), divide(4n, 3n), divide(-4n, 3n)]).toEqual([3n, -3n, 1n, -1n]);
});
