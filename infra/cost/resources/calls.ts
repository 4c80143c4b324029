import { at, type Resource, textAt } from "../resource.ts";
import { DAYS } from "./model.ts";

/** Arithmetic over a schedule's five fields: asking a clock for each of a month's 43 200 minutes takes seconds. */

interface Field {
  readonly min: number;
  readonly max: number;
}

const MINUTE: Field = { min: 0, max: 59 };
const HOUR: Field = { min: 0, max: 23 };
const DAY: Field = { min: 1, max: DAYS };
const MONTH: Field = { min: 1, max: 12 };
/** Both 0 and 7 are Sunday. */
const WEEKDAY: Field = { min: 0, max: 7 };

/**
 * How often a schedule runs in a month of 30 days that begins on a Thursday, as January 2026 does.
 * @throws for a schedule with names or signs beyond `*`, `,`, `-` and `/`.
 */
export function runsPerMonth(schedule: string): number {
  const [minute = "", hour = "", day = "", month = "", weekday = "", ...more] = schedule.trim().split(/\s+/);
  if (more.length > 0 || weekday === "") throw new Error(`not a schedule of five fields: ${schedule}`);
  if (!values(month, MONTH).has(1)) return 0;
  const days = values(day, DAY);
  const weekdays = new Set([...values(weekday, WEEKDAY)].map((value) => value % 7));
  let matching = 0;
  for (let date = 1; date <= DAYS; date++) {
    const byDay = days.has(date);
    const byWeekday = weekdays.has((date + 3) % 7);
    // Where both are restricted, cron runs on days that satisfy either.
    const runs = day === "*" || weekday === "*" ? byDay && byWeekday : byDay || byWeekday;
    if (runs) matching += 1;
  }
  return values(minute, MINUTE).size * values(hour, HOUR).size * matching;
}

function values(text: string, field: Field): ReadonlySet<number> {
  const found = new Set<number>();
  for (const part of text.split(",")) {
    const [, from = "", to, step] = /^(\*|\d+)(?:-(\d+))?(?:\/(\d+))?$/.exec(part) ?? [];
    if (from === "") throw new Error(`not a field of a schedule: ${part}`);
    const first = from === "*" ? field.min : Number(from);
    const open = from === "*" || step !== undefined;
    const last = to === undefined ? (open ? field.max : first) : Number(to);
    for (let value = first; value <= Math.min(last, field.max); value += Math.max(1, Number(step ?? 1))) {
      found.add(value);
    }
  }
  return found;
}

/** Calls that all jobs of a stack make in a month; a paused job makes none. */
export function callsPerMonth(resources: readonly Resource[]): number {
  return resources
    .filter(({ type }) => type === "gcp:cloudscheduler/job:Job")
    .filter((job) => at(job, "paused") !== true)
    .reduce((sum, job) => sum + runsPerMonth(textAt(job, "schedule") ?? "0 0 1 1 *"), 0);
}
