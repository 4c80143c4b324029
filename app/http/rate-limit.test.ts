import { expect, test } from "vitest";
import { isExempt, tokenBucket } from "./rate-limit.ts";

test("a bucket starts full, refills with time and never overflows", () => {
  let now = 0;
  const bucket = tokenBucket(10, () => now);
  const take = (times: number) => Array.from({ length: times }, () => bucket.take());
  expect(take(11)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100]);
  now = 50;
  expect(take(1)).toEqual([50]);
  now = 100;
  expect(take(2)).toEqual([0, 100]);
  now = 3_600_000;
  expect(take(11).filter((wait) => wait === 0)).toHaveLength(10);
});

test.each([
  ["/healthz", false, true],
  ["/tasks/replies", false, true],
  ["/api/omni/webhook/whatsapp", true, true],
  ["/api/omni/webhook/whatsapp", false, false],
  ["/api/omni/messages", true, false],
  ["/", false, false],
])("%s, signed %s: exempt %s", (path, signed, exempt) => {
  expect(isExempt(path, signed)).toBe(exempt);
});
