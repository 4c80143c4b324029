import { LocalError } from "./errors.ts";

/** Google writes durations as seconds with an `s`: `180s`, `0.5s`. Returns milliseconds. */
export function milliseconds(duration: string): number {
  const seconds = duration.match(/^(\d+(?:\.\d+)?)s$/)?.[1];
  if (seconds !== undefined) return Number(seconds) * 1000;
  throw new LocalError("duration_invalid", `"${duration}" is not a duration.`, 'Write seconds, for example "180s".');
}
