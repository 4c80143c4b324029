const HOUR = 3_600_000;
/** When a working day begins, by the reader's own clock. */
const MORNING = 9;

export interface LaterTime {
  readonly name: "hour" | "three_hours" | "tomorrow" | "monday";
  /** Unix milliseconds. */
  readonly at: number;
}

/** Times that are one press away. The days are those of this machine's zone. @param now Unix milliseconds */
export function laterTimes(now: number): readonly LaterTime[] {
  const today = new Date(now).getDay();
  return [
    { name: "hour", at: now + HOUR },
    { name: "three_hours", at: now + 3 * HOUR },
    { name: "tomorrow", at: morningIn(1, now) },
    { name: "monday", at: morningIn((8 - today) % 7 || 7, now) },
  ];
}

function morningIn(days: number, now: number): number {
  const day = new Date(now);
  day.setDate(day.getDate() + days);
  day.setHours(MORNING, 0, 0, 0);
  return day.getTime();
}
