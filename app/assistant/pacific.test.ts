import { expect, test } from "vitest";
import { nextPacificMidnight } from "./pacific.ts";

test.each([
  ["winter: UTC-8", "2026-01-15T12:00:00Z", "2026-01-16T08:00:00.000Z"],
  ["summer: UTC-7", "2026-07-15T12:00:00Z", "2026-07-16T07:00:00.000Z"],
  ["just before", "2026-07-16T06:59:59.999Z", "2026-07-16T07:00:00.000Z"],
  ["at midnight: the next one", "2026-07-16T07:00:00Z", "2026-07-17T07:00:00.000Z"],
  ["the day the clocks go forward", "2026-03-08T08:30:00Z", "2026-03-09T07:00:00.000Z"],
  ["the day the clocks go back", "2026-11-01T07:30:00Z", "2026-11-02T08:00:00.000Z"],
  ["new year", "2026-12-31T23:00:00Z", "2027-01-01T08:00:00.000Z"],
])("%s", (_, now, midnight) => {
  expect(new Date(nextPacificMidnight(Date.parse(now))).toISOString()).toBe(midnight);
});
