import type { Duration, Metrics, Volume } from "../../../app/metrics/response.ts";

/** The figures of the page, as they are drawn. Pure. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS = [
  ["day", DAY],
  ["hour", HOUR],
  ["minute", MINUTE],
  ["second", SECOND],
  ["millisecond", 1],
] as const;

/** `850 ms`, `3,2 s`, `4 min`, `1,5 h`: one unit, and a decimal where it says something. */
export function span(ms: number, locale: string): string {
  const [unit, size] = UNITS.find(([, size]) => ms >= size) ?? ["millisecond", 1];
  const value = ms / size;
  const digits = unit === "millisecond" || value >= 10 ? 0 : 1;
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: digits,
  }).format(value);
}

/** Where the scale of times begins: nothing answers a customer faster. */
const SCALE_FROM = 100;

/**
 * How far along the scale a time lies, 0 to 1, when `top` is its end. The scale is logarithmic: an assistant answers in
 * seconds and a person in hours, and both are to be seen.
 */
export function logShare(ms: number, top: number): number {
  const steps = (time: number) => Math.log(Math.max(SCALE_FROM, time) / SCALE_FROM);
  return top <= SCALE_FROM ? 0 : Math.min(1, steps(ms) / steps(top));
}

/** What the scale is labelled with: the units that lie within it. */
export function ticksUnder(top: number): number[] {
  return [SECOND, MINUTE, HOUR, DAY].filter((unit) => unit <= top);
}

/** What was sent in answer, by anybody. */
export function outbound(volume: Volume): number {
  return volume.bot + volume.person + volume.automation;
}

/** The share of answers that the assistant gave; absent without answers. */
export function botShare({ bot, person }: Volume): number | undefined {
  return bot + person === 0 ? undefined : bot / (bot + person);
}

export interface Bar {
  /** Start of the slot, Unix milliseconds. */
  readonly at: number;
  readonly inbound: number;
  readonly bot: number;
  readonly person: number;
  readonly automation: number;
}

/** One bar a slot: all channels together, or the chosen one. */
export function barsOf(series: Metrics["series"], channel?: keyof Metrics["series"][number]["channels"]): Bar[] {
  return series.map(({ at, channels }) => {
    const volumes = channel === undefined ? Object.values(channels) : [channels[channel]];
    const sum = (pick: (volume: Volume) => number) =>
      volumes.reduce((total, volume) => total + (volume === undefined ? 0 : pick(volume)), 0);
    return {
      at: Date.parse(at),
      inbound: sum((volume) => volume.inbound),
      bot: sum((volume) => volume.bot),
      person: sum((volume) => volume.person),
      automation: sum((volume) => volume.automation),
    };
  });
}

/** The top of the scale: the smallest of 1, 2, 5, 10, 20 … that holds the highest bar. */
export function scaleTop(bars: readonly Bar[]): number {
  const highest = Math.max(1, ...bars.map((bar) => Math.max(bar.inbound, bar.bot + bar.person + bar.automation)));
  const magnitude = 10 ** Math.floor(Math.log10(highest));
  return [1, 2, 5, 10].map((step) => step * magnitude).find((top) => top >= highest) ?? highest;
}

/** Whether there is anything to see. */
export function isEmpty(metrics: Metrics): boolean {
  const { volume } = metrics.total;
  return volume.inbound + outbound(volume) + volume.failed === 0;
}

export type DurationOrNone = Duration | null;
