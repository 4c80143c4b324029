/** What did not end in time. It may still end; whoever waits for it no longer does. */
export class DeadlineExceeded extends Error {
  readonly code = "deadline_exceeded";
  constructor(milliseconds: number) {
    super(`No answer within ${milliseconds} ms`);
    this.name = "DeadlineExceeded";
  }
}

/** How often the clock is looked at: a deadline is kept to within this. In milliseconds. */
const RESOLUTION_MS = 50;

interface Waiting {
  readonly at: number;
  readonly milliseconds: number;
  readonly fail: (error: unknown) => void;
}

const waiting = new Set<Waiting>();
let ticking = false;

/**
 * Calls `done` with the value of `work` if it comes within so many milliseconds, give or take 50, else `failed`; exactly
 * one of them, once. What `done` throws goes to `failed` too.
 *
 * Callbacks, and one timer for all deadlines: the functions framework watches every promise and timer of a request, and
 * a handful of them cost more than verifying and parsing what came.
 */
export function whenSettled<T>(
  milliseconds: number,
  work: Promise<T>,
  done: (value: T) => void,
  failed: (error: unknown) => void,
): void {
  const entry: Waiting = { at: performance.now() + milliseconds, milliseconds, fail: failed };
  waiting.add(entry);
  if (!ticking) tickLater();
  // Work that is late is still listened to, so that its failure is not an unhandled one.
  work.then(
    (value) => {
      if (!waiting.delete(entry)) return;
      try {
        done(value);
      } catch (error) {
        failed(error);
      }
    },
    (error: unknown) => {
      if (waiting.delete(entry)) failed(error);
    },
  );
}

/** The value of `work`, if it comes within so many milliseconds, give or take 50. @throws {DeadlineExceeded} */
export function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => whenSettled(milliseconds, work, resolve, reject));
}

function tickLater(): void {
  ticking = true;
  setTimeout(tick, RESOLUTION_MS);
}

function tick(): void {
  ticking = false;
  const now = performance.now();
  for (const entry of waiting) {
    if (entry.at > now) continue;
    waiting.delete(entry);
    entry.fail(new DeadlineExceeded(entry.milliseconds));
  }
  if (waiting.size > 0) tickLater();
}
