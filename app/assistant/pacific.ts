/** Gemini's daily quotas are counted in Pacific time: https://ai.google.dev/gemini-api/docs/rate-limits */
const PACIFIC = new Intl.DateTimeFormat("en-US", {
  timeZone: "America/Los_Angeles",
  hourCycle: "h23",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "numeric",
  second: "numeric",
});

const DAY_MS = 86_400_000;

/** The next midnight in Pacific time, strictly after `now`; both Unix milliseconds. Daylight saving is minded. */
export function nextPacificMidnight(now: number): number {
  const local = (Math.floor((now + offsetAt(now)) / DAY_MS) + 1) * DAY_MS;
  // The clocks change at two in the morning, so the offset just before midnight is the one of midnight.
  const guess = local - offsetAt(now);
  return local - offsetAt(guess);
}

/** Milliseconds to add to UTC for Pacific time; negative. */
function offsetAt(at: number): number {
  const parts = Object.fromEntries(PACIFIC.formatToParts(at).map((part) => [part.type, Number(part.value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}
