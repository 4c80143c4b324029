import fc from "fast-check";
import { expect, test } from "vitest";
import { Rates, TokenBucket } from "./limits.ts";

test.each([
  ["whatsapp", 80],
  ["facebook", 300],
  ["instagram", 100],
] as const)("%s takes %i messages a second from one account", (channel, perSecond) => {
  const rates = new Rates();
  const taken = (at: number) =>
    Array.from({ length: 400 }, () => rates.account(channel, "1", at)).filter(Boolean).length;
  expect([taken(0), taken(0), taken(1_000)]).toEqual([perSecond, 0, perSecond]);
  expect(rates.account(channel, "2", 1_000)).toBe(true);
});

test("a Page takes ten files a second, however few the messages", () => {
  const rates = new Rates();
  const taken = (at: number) =>
    Array.from({ length: 30 }, () => rates.media("facebook", "1", at)).filter(Boolean).length;
  expect([taken(0), taken(500), taken(1_500)]).toEqual([10, 5, 10]);
  expect(rates.media("facebook", "2", 0)).toBe(true);
});

test("one person gets 45 at once, then one in six seconds, whoever else is written to", () => {
  const rates = new Rates();
  const taken = (at: number) => Array.from({ length: 60 }, () => rates.pair("1", "a", at)).filter(Boolean).length;
  expect([taken(0), taken(5_999), taken(6_000), taken(18_000)]).toEqual([45, 0, 1, 2]);
  expect(rates.pair("1", "b", 0)).toBe(true);
});

test("a bucket never gives more than its burst and what has flowed in", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5_000), { maxLength: 200 }), (steps) => {
      const bucket = new TokenBucket(10, 1 / 1_000, 0);
      let now = 0;
      let taken = 0;
      for (const step of steps) {
        now += step;
        if (bucket.take(now)) taken += 1;
      }
      expect(taken).toBeLessThanOrEqual(10 + now / 1_000);
    }),
  );
});
