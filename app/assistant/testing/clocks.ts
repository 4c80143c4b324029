import type { Clock } from "../clock.ts";

/** A clock that moves only when told to. */
export interface ManualClock extends Clock {
  /** Moves time on and runs what is due, in order. */
  advance(ms: number): void;
}

export function manualClock(start = 0): ManualClock {
  let now = start;
  let timers: { at: number; action: () => void }[] = [];
  return {
    now: () => now,
    after(ms, action) {
      const timer = { at: now + ms, action };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const due = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        timers = timers.filter((other) => other !== due);
        now = due.at;
        due.action();
      }
      now = end;
    },
  };
}

/** A clock on which every wait is over at once, and remembered: for code whose only timers are its own pauses. */
export interface EagerClock extends Clock {
  readonly waits: number[];
  /** Lets time pass, as a slow call would. */
  pass(ms: number): void;
}

export function eagerClock(start = 0): EagerClock {
  let now = start;
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    after(ms, action) {
      waits.push(ms);
      now += ms;
      queueMicrotask(action);
      return () => undefined;
    },
    pass(ms) {
      now += ms;
    },
  };
}

/** A clock for calls over a real network: pauses between calls are over at once, a call's own limit never comes. */
export function pauselessClock(start = 0): EagerClock {
  const clock = eagerClock(start);
  return {
    ...clock,
    after: (ms, action) => (ms >= LONGEST_PAUSE_MS ? () => undefined : clock.after(ms, action)),
  };
}

/** A call gets more time than this, a pause less. */
const LONGEST_PAUSE_MS = 3000;
