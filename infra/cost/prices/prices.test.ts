import { describe, expect, test } from "vitest";
import { PRICES, REGIONS, readBetween } from "./index.ts";
import { price, unconfirmed } from "./price.ts";

describe.each(PRICES.map((listed) => [listed.id, listed] as const))("%s", (_, listed) => {
  test("names where, when and how surely it was read", () => {
    const sources = [
      listed.source,
      ...(listed.free ? [listed.free.source] : []),
      ...REGIONS.flatMap((region) => listed.regions[region].source ?? []),
    ];
    for (const source of sources) {
      expect(source.page).toMatch(/^https:\/\//);
      expect(source.read).toMatch(/^2026-\d\d(-\d\d)?$/);
      expect(source.certainty).toMatch(/^(published|reported|unconfirmed)$/);
    }
  });

  test("is above zero in every region, unless it is told to be free for now; the low end not above the high one", () => {
    for (const region of REGIONS) {
      const { low, high } = listed.regions[region];
      expect(high.micro).toBeGreaterThan(0n);
      if (low.micro === 0n) expect(listed.source.note).toContain("free");
      expect(low.micro * high.per).toBeLessThanOrEqual(high.micro * low.per);
    }
  });

  test("shows both ends only where it is unconfirmed, or its note says until when", () => {
    for (const region of REGIONS) {
      const { low, high, source = listed.source } = listed.regions[region];
      const certain = low.micro * high.per === high.micro * low.per;
      if (!certain && source.certainty !== "unconfirmed") expect(source.note).toContain("ends with");
    }
  });
});

test("no two prices share an id", () => {
  const ids = PRICES.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
});

test("the list says between which days it was read", () => {
  expect(readBetween()).toEqual({ from: "2026-08", to: "2026-11-26" });
});

test("a price that is not written as a price is refused at once", () => {
  const source = unconfirmed("https://example.com", "2026-11-23");
  const listing = { id: "example/thing", service: "Example", unit: "thing", lot: 1, source };
  expect(() => price({ ...listing, usd: "1,5" })).toThrow("not a price: 1,5");
});
