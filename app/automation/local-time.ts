const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
/** Longer than any clock is ever put forward: from here on the end is looked for minute by minute. */
const CAREFUL_MINUTES = 120;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  formats.set(timeZone, format);
  return format;
}

/** Whether the IANA list has a zone of this name. */
export function isTimeZone(name: string): boolean {
  if (name === "") return false;
  try {
    formatOf(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Minutes since local midnight, by the wall clock. @param at Unix milliseconds */
export function localMinute(at: number, timeZone: string): number {
  const parts = formatOf(timeZone).formatToParts(at);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return read("hour") * 60 + read("minute");
}

export interface QuietHours {
  readonly startMinute: number;
  readonly endMinute: number;
}

/** Whether the wall clock stands between `start` (included) and `end` (not included); they may span midnight. */
export function isQuiet(at: number, timeZone: string, quiet: QuietHours): boolean {
  const { startMinute: start, endMinute: end } = quiet;
  if (start === end) return false;
  const minute = localMinute(at, timeZone);
  return start < end ? minute >= start && minute < end : minute >= start || minute < end;
}

/**
 * The first whole minute from `at` on that is not quiet, in Unix milliseconds. The wall clock is asked again on the way,
 * because a night in which the clocks change is an hour shorter or longer than the others.
 */
export function endOfQuiet(at: number, timeZone: string, quiet: QuietHours): number {
  let time = at;
  while (isQuiet(time, timeZone, quiet)) {
    const left = (quiet.endMinute - localMinute(time, timeZone) + DAY_MINUTES) % DAY_MINUTES;
    const minutes = Math.max(1, left - CAREFUL_MINUTES);
    time = (Math.floor(time / MINUTE_MS) + minutes) * MINUTE_MS;
  }
  return time;
}
