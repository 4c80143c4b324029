/** Times as an agent reads them. Pure: the clock, the language and the zone are arguments; times are Unix milliseconds. */

export interface TimeStyle {
  /** BCP 47, such as `pt-BR`. */
  readonly locale: string;
  /** IANA zone; the browser's when absent. */
  readonly timeZone?: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const made = new Map<string, unknown>();

/** Making a formatter costs a hundred times as much as using it, and the list uses several a row. */
function once<T>(key: string, make: () => T): T {
  const known = made.get(key) as T | undefined;
  if (known !== undefined) return known;
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}

/** @param name tells these options from others; building it from them would cost more than formatting */
function formatter(name: string, style: TimeStyle, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const zone = style.timeZone === undefined ? {} : { timeZone: style.timeZone };
  return once(
    `${name} ${style.locale} ${style.timeZone}`,
    () => new Intl.DateTimeFormat(style.locale, { ...options, ...zone }),
  );
}

/** `14:32` */
export function clockTime(at: number, style: TimeStyle): string {
  return formatter("clock", style, { hour: "2-digit", minute: "2-digit" }).format(at);
}

/** All zones change their day, and their offset, at a quarter of an hour. */
const QUARTER_MS = 15 * 60_000;

/** `2026-11-23`: which calendar day it is in the reader's zone; sorts and compares. */
export function dayKey(at: number, style: TimeStyle): string {
  const quarter = Math.floor(at / QUARTER_MS);
  // Thousands of messages are sorted into days at once, most of them of few hours.
  return once(`day ${style.timeZone} ${quarter}`, () =>
    formatter("day", { ...style, locale: "sv-SE" }, { year: "numeric", month: "2-digit", day: "2-digit" }).format(
      quarter * QUARTER_MS,
    ),
  );
}

/** Whole calendar days between two times, by the reader's zone. */
export function daysBetween(earlier: number, later: number, style: TimeStyle): number {
  return Math.round((Date.parse(dayKey(later, style)) - Date.parse(dayKey(earlier, style))) / DAY);
}

/** `ontem`, `hoje`, in the reader's language. */
function relativeDay(days: number, style: TimeStyle): string {
  const words = once(`relative ${style.locale}`, () => new Intl.RelativeTimeFormat(style.locale, { numeric: "auto" }));
  return words.format(-days, "day");
}

/** How a row of the list says when: `14:32`, `ontem`, `seg.`, `12/03`, `12/03/2025`. */
export function rowTime(at: number, now: number, style: TimeStyle): string {
  const days = daysBetween(at, now, style);
  if (days <= 0) return clockTime(at, style);
  if (days === 1) return relativeDay(1, style);
  if (days < 7) return formatter("weekday", style, { weekday: "short" }).format(at);
  const sameYear = dayKey(at, style).slice(0, 4) === dayKey(now, style).slice(0, 4);
  return formatter(sameYear ? "date" : "date of a year", style, {
    day: "2-digit",
    month: "2-digit",
    ...(sameYear ? {} : { year: "numeric" }),
  }).format(at);
}

/** The line between two days of a conversation: `Hoje`, `Ontem`, `segunda-feira, 3 de março`. */
export function dayLine(at: number, now: number, style: TimeStyle): string {
  const days = daysBetween(at, now, style);
  if (days === 0 || days === 1) return capital(relativeDay(days, style), style);
  const sameYear = dayKey(at, style).slice(0, 4) === dayKey(now, style).slice(0, 4);
  const options = {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(sameYear ? {} : { year: "numeric" as const }),
  } as const;
  return capital(formatter(sameYear ? "long" : "long of a year", style, options).format(at), style);
}

/** Date and time in full, for those who hover or listen. */
export function fullTime(at: number, style: TimeStyle): string {
  return formatter("full", style, { dateStyle: "long", timeStyle: "short" }).format(at);
}

/** `3 min`, `2 h`, `4 d`: one unit, rounded down, never less than a minute. */
export function duration(ms: number, style: Pick<TimeStyle, "locale">): string {
  const [value, unit] =
    ms >= DAY
      ? [ms / DAY, "day" as const]
      : ms >= HOUR
        ? [ms / HOUR, "hour" as const]
        : [Math.max(MINUTE, ms) / MINUTE, "minute" as const];
  const options = { style: "unit", unit, unitDisplay: "narrow" } as const;
  return once(`${unit} ${style.locale}`, () => new Intl.NumberFormat(style.locale, options)).format(Math.floor(value));
}

function capital(words: string, style: TimeStyle): string {
  const first = [...words][0] ?? "";
  return first.toLocaleUpperCase(style.locale) + words.slice(first.length);
}
