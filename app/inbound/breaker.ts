/** Remembers that the store is not well, so that not every delivery has to wait for it to say so. */
export interface Breaker {
  /** Whether to try the store. While it is not well one delivery in each pause is let through, to see. */
  allows(): boolean;
  succeeded(): void;
  failed(): void;
}

/** Failures in a row after which the store is left alone. */
const FAILURES = 5;
/** How long it is left alone before the next try, in milliseconds. */
const PAUSE_MS = 5_000;

/** @param now Milliseconds; only differences count. */
export function createBreaker(now: () => number): Breaker {
  let failures = 0;
  let retryAt = 0;
  return {
    allows() {
      if (failures < FAILURES) return true;
      if (now() < retryAt) return false;
      retryAt = now() + PAUSE_MS;
      return true;
    },
    succeeded() {
      failures = 0;
    },
    failed() {
      failures += 1;
      if (failures >= FAILURES) retryAt = now() + PAUSE_MS;
    },
  };
}
