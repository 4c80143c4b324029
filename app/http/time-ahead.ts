import { HttpProblem } from "./problem.ts";

/** Meta's longest window is seven days; a reminder to oneself may be later. */
const LATEST_MS = 30 * 24 * 3_600_000;

/** Unix milliseconds of a time that lies ahead. @throws {HttpProblem} 422 `due_time` */
export function laterTime(iso: string, now: number): number {
  const at = Date.parse(iso);
  if (at > now && at <= now + LATEST_MS) return at;
  throw new HttpProblem({
    status: 422,
    code: "due_time",
    title: "Not a time ahead",
    detail: `${iso} is past, or more than 30 days away. Choose a time between now and then.`,
  });
}
