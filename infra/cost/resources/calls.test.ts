import { expect, test } from "vitest";
import { callsPerMonth, runsPerMonth } from "./calls.ts";

test.each([
  ["* * * * *", 43_200],
  ["*/15 * * * *", 2880],
  ["*/5 * * * *", 8640],
  ["0 0 1 * *", 1],
  ["0 9 * * 1-5", 22],
  ["30 8,20 * * *", 60],
  ["10-19/3 * * * *", 2880],
  ["0 0 * * 0", 4],
  ["0 0 * * 7", 4],
  ["0 0 13 * 5", 6],
  ["0 0 1 2 *", 0],
])("%s runs %i times in a month of 30 days", (schedule, runs) => {
  expect(runsPerMonth(schedule)).toBe(runs);
});

test.each(["* * * *", "@daily", "0 0 * * MON"])("%s is refused rather than miscounted", (schedule) => {
  expect(() => runsPerMonth(schedule)).toThrow("not a");
});

test("a paused job calls nobody", () => {
  const job = (paused: boolean) => ({
    type: "gcp:cloudscheduler/job:Job",
    name: "example",
    inputs: { schedule: "0 0 * * *", paused },
  });
  expect(callsPerMonth([job(false), job(true)])).toBe(30);
});
