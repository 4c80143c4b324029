import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { dayId, HOUR_MS, hourId, nextDay, startOfDay } from "./slots.ts";

test.each([
  ["an ordinary day", "America/Sao_Paulo", "2026-11-25T14:30:00Z", "2026-11-25", "2026-11-25T03:00:00Z", 24],
  [
    "late in the evening it is the next day in UTC",
    "America/Sao_Paulo",
    "2026-11-26T02:59:59Z",
    "2026-11-25",
    "2026-11-25T03:00:00Z",
    24,
  ],
  ["clocks go forward", "America/New_York", "2026-03-08T18:00:00Z", "2026-03-08", "2026-03-08T05:00:00Z", 23],
  ["clocks go back", "America/New_York", "2026-11-01T18:00:00Z", "2026-11-01", "2026-11-01T04:00:00Z", 25],
  [
    "clocks go forward at midnight: the day begins at one",
    "America/Sao_Paulo",
    "2018-11-04T12:00:00Z",
    "2018-11-04",
    "2018-11-04T03:00:00Z",
    23,
  ],
])("%s", (_name, zone, at, day, start, hours) => {
  const now = Date.parse(at);
  expect(dayId(now, zone)).toBe(day);
  expect(new Date(startOfDay(now, zone)).toISOString()).toBe(new Date(start).toISOString());
  expect(nextDay(now, zone) - startOfDay(now, zone)).toBe(hours * HOUR_MS);
});

const zones = fc.constantFrom("America/Sao_Paulo", "America/New_York", "Europe/Lisbon", "Asia/Kathmandu", "UTC");
property.prop([fc.integer({ min: Date.UTC(2018, 0), max: Date.UTC(2030, 0) }), zones])(
  "a day begins with its first instant",
  (at, zone) => {
    const start = startOfDay(at, zone);
    expect(start).toBeLessThanOrEqual(at);
    expect(dayId(start, zone)).toBe(dayId(at, zone));
    expect(dayId(start - 1000, zone)).not.toBe(dayId(at, zone));
  },
);

test("an hour's name", () => {
  expect(hourId(Date.UTC(2026, 10, 25, 14))).toBe("2026-11-25T14");
});
