import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { laterTimes } from "./later-times.ts";

test.prop([fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2030, 0) })])(
  "every time lies ahead, within eight days, and Monday is one",
  (now) => {
    for (const { name, at } of laterTimes(now)) {
      expect(at).toBeGreaterThan(now);
      expect(at - now).toBeLessThan(8 * 24 * 3_600_000);
      if (name === "monday") expect([new Date(at).getDay(), new Date(at).getHours()]).toEqual([1, 9]);
    }
  },
);
