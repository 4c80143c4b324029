import type { TimeSeries } from "./time-series.ts";

/** An uptime check, as the program declared it. */
export interface UptimeCheck {
  readonly id: string;
  readonly host: string;
  readonly url: string;
  readonly periodMs: number;
  readonly timeoutMs: number;
  /** From where Google would check; here all of them look once, from this machine. */
  readonly places: readonly string[];
}

/** Google's metric of a check, one series a place. @param now milliseconds */
export async function check(series: TimeSeries, one: UptimeCheck, project: string, now: number): Promise<void> {
  const passed = await answers(one);
  for (const place of one.places) {
    series.read(
      {
        metric: {
          type: "monitoring.googleapis.com/uptime_check/check_passed",
          labels: { check_id: one.id, checker_location: place, checked_resource_id: one.host },
        },
        resource: { type: "uptime_url", labels: { project_id: project, host: one.host } },
        kind: "GAUGE",
        valueType: "BOOL",
      },
      passed ? 1 : 0,
      now,
    );
  }
}

async function answers({ url, timeoutMs }: UptimeCheck): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    await response.body?.cancel();
    return response.ok;
  } catch (error) {
    // Refused, reset or out of time: down, which is the reading.
    if (error instanceof Error) return false;
    throw error;
  }
}
