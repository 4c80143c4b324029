import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { applyFreeTier, type Charged, share } from "./free-tier.ts";
import { charge, quantity, total } from "./money.ts";
import { CLOUD_RUN, FIRESTORE, PRICES, type Price, REGIONS, STORAGE } from "./prices/index.ts";

const US = "us-west1";
const BRAZIL = "southamerica-east1";

function line(price: Price, units: number, region: (typeof REGIONS)[number] = US): Charged {
  const { low, high } = price.regions[region];
  return { price, gross: { low: charge(low, quantity(units)), high: charge(high, quantity(units)) } };
}

const lines = fc.array(
  fc
    .record({ price: fc.constantFrom(...PRICES), units: fc.nat({ max: 100_000_000 }) })
    .map(({ price, units }) => line(price, units)),
  { maxLength: 30 },
);

describe("allowances", () => {
  property.prop([lines, fc.constantFrom(...REGIONS)])(
    "never make a line negative, and never add to one",
    (charged, region) => {
      for (const { gross, net } of applyFreeTier(charged, region).lines) {
        expect(net.low).toBeGreaterThanOrEqual(0n);
        expect(net.high).toBeGreaterThanOrEqual(0n);
        expect(net.low).toBeLessThanOrEqual(gross.low);
        expect(net.high).toBeLessThanOrEqual(gross.high);
      }
    },
  );

  property.prop([lines])("are divided without loss: the lines' shares are the credits", (charged) => {
    const { lines: credited, credits } = applyFreeTier(charged, US);
    expect(total(credited.map(({ free }) => free))).toEqual(total(credits.map(({ amount }) => amount)));
  });

  property.prop([lines, fc.constantFrom(...PRICES), fc.nat({ max: 100_000_000 })])(
    "never make more use cheaper",
    (charged, price, units) => {
      const sum = (all: readonly Charged[]) => total(applyFreeTier(all, US).lines.map(({ net }) => net));
      expect(sum([...charged, line(price, units)]).high).toBeGreaterThanOrEqual(sum(charged).high);
    },
  );

  property.prop([fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }))])(
    "leave nobody with more than what was charged",
    (amount, weights) => {
      const sum = weights.reduce((left, right) => left + right, 0n);
      const within = sum === 0n ? 0n : amount % (sum + 1n);
      const shares = share(within, weights);
      expect(shares.reduce((left, right) => left + right, 0n)).toBe(within);
      for (const [index, part] of shares.entries()) expect(part).toBeLessThanOrEqual(weights[index] ?? 0n);
    },
  );
});

test("a service and a function share one allowance, in proportion", () => {
  const { lines: credited, credits } = applyFreeTier([line(CLOUD_RUN.cpu, 300_000), line(CLOUD_RUN.cpu, 100_000)], US);
  expect(credits.map(({ amount }) => amount.high)).toEqual([4_320_000n]);
  expect(credited.map(({ free }) => free.high)).toEqual([3_240_000n, 1_080_000n]);
});

test("in a dearer region Cloud Run's allowance is worth what it is in the cheaper one", () => {
  const [seconds] = applyFreeTier([line(CLOUD_RUN.cpu, 180_000, BRAZIL)], BRAZIL).lines;
  expect(seconds?.gross.high).toBe(6_048_000n);
  expect(seconds?.free.high).toBe(4_320_000n);
});

test("a daily allowance is given on each of 30 days", () => {
  const [reads] = applyFreeTier([line(FIRESTORE.reads, 1_600_000)], US).lines;
  expect(reads?.net.high).toBe(30_000n);
});

test("an allowance of the US is not given in Brazil", () => {
  expect(applyFreeTier([line(STORAGE.standard, 5, BRAZIL)], BRAZIL).credits).toEqual([]);
  expect(applyFreeTier([line(STORAGE.standard, 5)], US).credits).toHaveLength(1);
});
