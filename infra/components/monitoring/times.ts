/** Google looks at each condition twice a minute. */
export const EVALUATION_SECONDS = 30;

/** What of an alert's time is whose. All in seconds. */
export interface Times {
  /** From the first failure that is measured to the incident. */
  readonly opens: number;
  /** From the last failure that is counted, or a gauge's first good reading, to the incident's end. */
  readonly closes: number;
  /** The app's own part, before and after what is measured. Absent where the measured thing is the fault itself. */
  readonly app?: AppTimes;
}

export interface AppTimes {
  /** From the fault to the first failure. */
  readonly fails: number;
  /** From the mending to the last failure, or the first good reading. */
  readonly recovers: number;
}

interface Parts {
  /** Until enough has failed to be beyond the threshold. */
  readonly gathers: number;
  /** The condition's duration: how long it must be beyond. */
  readonly lasts: number;
  /** How long a failure is still looked at: the alignment period of a count. None where the newest reading counts. */
  readonly window: number;
  readonly app?: AppTimes;
}

/**
 * Within which times an alert is to be expected. A condition is seen beyond its threshold at the next look, and must stay
 * so; it is over once the last failure has left the window, seen at the next look, too. What Google takes to bring a
 * line to its metric comes on top.
 */
export function timesOf({ gathers, lasts, window, app }: Parts): Times {
  return {
    opens: gathers + lasts + EVALUATION_SECONDS,
    closes: window + EVALUATION_SECONDS,
    ...(app && { app }),
  };
}

/** From the fault to the incident, and from the mending to its end: the app's part and monitoring's. */
export function wholeTimes({ opens, closes, app = { fails: 0, recovers: 0 } }: Times): {
  readonly opens: number;
  readonly closes: number;
} {
  return { opens: app.fails + opens, closes: app.recovers + closes };
}
