/** What did not end in time. It may still end; whoever waits for it no longer does. */
export class DeadlineExceeded extends Error {
  readonly code = "deadline_exceeded";
  constructor(milliseconds: number) {
    super(`No answer within ${milliseconds} ms`);
    this.name = "DeadlineExceeded";
  }
}

/** The value of `work`, if it comes within so many milliseconds. @throws {DeadlineExceeded} */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineExceeded(milliseconds)), milliseconds);
  });
  try {
    // The loser of the race is still listened to, so that its late failure is not an unhandled one.
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
