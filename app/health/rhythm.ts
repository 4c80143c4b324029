import type { Rhythm } from "./model.ts";

const HOURS_OF_WEEK = 168;
const HOUR_MS = 3_600_000;
/** 1 January 1970 was a Thursday: hour 0 of the week is Monday's first. */
const THURSDAY_HOURS = 72;
/** How much one probe counts against those before: with twelve probes an hour, about the last three weeks. */
const WEIGHT = 0.03;
/** A week of probes every five minutes: before that, nothing is usual yet. */
const LEARNED_PROBES = 7 * 24 * 12;
/** A silence less probable than one in a thousand. */
const SURPRISING = -Math.log(0.001);
/** However busy an hour usually is, one silent probe in it proves nothing. */
const MOST_USUAL = 0.9;

export function newRhythm(): Rhythm {
  return { usual: Array.from({ length: HOURS_OF_WEEK }, () => 0), probes: 0, surprise: 0 };
}

/** The rhythm after one more probe. @param heard whether a webhook came since the last one · @param now Unix milliseconds */
export function learn(before: Rhythm, heard: boolean, now: number): Rhythm {
  const hour = hourOfWeek(now);
  const usual = before.usual.slice();
  const known = usual[hour] ?? 0;
  const surprise = heard ? 0 : before.surprise - Math.log(1 - Math.min(known, MOST_USUAL));
  usual[hour] = known + WEIGHT * ((heard ? 1 : 0) - known);
  return { usual, probes: before.probes + 1, surprise };
}

/** Whether this channel is silent in a way that it never is. */
export function isStrangelySilent(rhythm: Rhythm): boolean {
  return rhythm.probes >= LEARNED_PROBES && rhythm.surprise >= SURPRISING;
}

function hourOfWeek(now: number): number {
  return (Math.floor(now / HOUR_MS) + THURSDAY_HOURS) % HOURS_OF_WEEK;
}
