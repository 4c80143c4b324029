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
  readonly reject: (error: Error) => void;
}

const waiting = new Set<Waiting>();
let ticking = false;

/**
 * The value of `work`, if it comes within so many milliseconds, give or take 50. All deadlines share one timer: one for
 * each delivery, set and cleared, would cost as much as verifying it does.
 *
 * @throws {DeadlineExceeded}
 */
export function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const entry: Waiting = { at: performance.now() + milliseconds, milliseconds, reject };
    waiting.add(entry);
    if (!ticking) tickLater();
    // Work that is late is still listened to, so that its failure is not an unhandled one.
    work.then(
      (value) => {
        waiting.delete(entry);
        resolve(value);
      },
      (error: unknown) => {
        waiting.delete(entry);
        reject(error);
      },
    );
  });
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
    entry.reject(new DeadlineExceeded(entry.milliseconds));
  }
  if (waiting.size > 0) tickLater();
}
