/** How much may be under way at once. */
export interface Meter {
  /** Call the result when done; `undefined` when there is no room. */
  enter(bytes: number): (() => void) | undefined;
}

/** Bounds the number of requests under way and the bytes that they hold. One request always has room. */
export function createMeter(maxRequests: number, maxBytes: number): Meter {
  let requests = 0;
  let held = 0;
  return {
    enter(bytes) {
      if (requests > 0 && (requests >= maxRequests || held + bytes > maxBytes)) return undefined;
      requests += 1;
      held += bytes;
      return () => {
        requests -= 1;
        held -= bytes;
      };
    },
  };
}
