import { expect, test } from "vitest";
import { isStrangelySilent, learn, newRhythm } from "./rhythm.ts";

const PROBE_MS = 5 * 60_000;
const DAY_PROBES = 24 * 12;
/** A Monday. */
const START = Date.UTC(2026, 10, 2);

/** Busy from 9 to 18 UTC on working days. */
function isBusy(at: number): boolean {
  const date = new Date(at);
  const day = date.getUTCDay();
  return day >= 1 && day <= 5 && date.getUTCHours() >= 9 && date.getUTCHours() < 18;
}

function weeks(count: number) {
  let rhythm = newRhythm();
  let strange = 0;
  for (let probe = 0; probe < count * 7 * DAY_PROBES; probe += 1) {
    const at = START + probe * PROBE_MS;
    rhythm = learn(rhythm, isBusy(at) && probe % 3 !== 0, at);
    if (isStrangelySilent(rhythm)) strange += 1;
  }
  return { rhythm, strange, end: START + count * 7 * DAY_PROBES * PROBE_MS };
}

test("nights and weekends are no surprise", () => {
  expect(weeks(4).strange).toBe(0);
});

test("a silent hour in the middle of a working day is", () => {
  const { rhythm, end } = weeks(4);
  let silent = rhythm;
  let minutes = 0;
  const nine = end + 9 * 3_600_000;
  while (!isStrangelySilent(silent) && minutes < 600) {
    silent = learn(silent, false, nine + minutes * 60_000);
    minutes += 5;
  }
  expect(minutes).toBeGreaterThanOrEqual(20);
  expect(minutes).toBeLessThanOrEqual(90);
  expect(isStrangelySilent(learn(silent, true, nine + minutes * 60_000))).toBe(false);
});

test("nothing is strange before a week is known", () => {
  let rhythm = newRhythm();
  for (let probe = 0; probe < 6 * DAY_PROBES; probe += 1) {
    rhythm = learn(rhythm, probe < 3 * DAY_PROBES, START + probe * PROBE_MS);
  }
  expect(isStrangelySilent(rhythm)).toBe(false);
});
