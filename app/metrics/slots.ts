/** Hours and days, as the counts are filed. Times are Unix milliseconds. */

export const HOUR_MS = 3_600_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function partsIn(at: number, timeZone: string): Record<string, number> {
  const known = formats.get(timeZone);
  const format =
    known ??
    new Intl.DateTimeFormat("en-GB", {
      timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    });
  formats.set(timeZone, format);
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
}

export function startOfHour(at: number): number {
  return Math.floor(at / HOUR_MS) * HOUR_MS;
}

/** `2026-11-25T14` */
export function hourId(at: number): string {
  return new Date(at).toISOString().slice(0, 13);
}

/** `2026-11-25`, where the business is. */
export function dayId(at: number, timeZone: string): string {
  const { year = 0, month = 0, day = 0 } = partsIn(at, timeZone);
  return [year, String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
}

/** When the local day of `at` began. A day begins at its first instant, also where the clocks change at midnight. */
export function startOfDay(at: number, timeZone: string): number {
  const day = dayId(at, timeZone);
  const { hour = 0, minute = 0, second = 0 } = partsIn(at, timeZone);
  let start = Math.floor(at / 1000) * 1000 - (hour * 3600 + minute * 60 + second) * 1000;
  // Clocks that changed since midnight: by the hour to the day's first one.
  while (dayId(start, timeZone) < day) start += HOUR_MS;
  while (dayId(start - HOUR_MS, timeZone) === day) start -= HOUR_MS;
  return start;
}

/** When the local day after that of `at` begins. */
export function nextDay(at: number, timeZone: string): number {
  // Days have 23 to 25 hours.
  return startOfDay(startOfDay(at, timeZone) + 26 * HOUR_MS, timeZone);
}
