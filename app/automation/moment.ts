import { Timestamp } from "firebase-admin/firestore";

/** Servio did not exist before: whatever says so is a default of somebody's, not a date. */
const EARLIEST = Date.UTC(2015, 0, 1);
const DAY_MS = 24 * 3_600_000;
/** Below this a number counts seconds, not milliseconds (10^11 ms is March 1973). */
const SECONDS_BELOW = 100_000_000_000;
const ISO = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Unix milliseconds of what the platform may have written: a Timestamp, ISO 8601 text, or a number. */
export function momentOf(value: unknown): number | undefined {
  if (value instanceof Timestamp) return value.toMillis();
  if (typeof value === "string") return ISO.test(value) ? finite(Date.parse(value)) : undefined;
  if (typeof value !== "number" || !Number.isFinite(value)) return undefined;
  return Math.abs(value) < SECONDS_BELOW ? value * 1000 : value;
}

function finite(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}

/** A date that nothing real can have: before the platform, or in the future beyond a wrong clock. */
export function isAbsurd(at: number, now: number): boolean {
  return at < EARLIEST || at > now + DAY_MS;
}
