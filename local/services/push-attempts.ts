/** When Pub/Sub would try again, and when it would give up: a subscription's retry and dead-letter policies. */
export interface PushPolicy {
  /** Before the second attempt, in milliseconds; doubles with each one. */
  readonly minimumBackoffMs: number;
  readonly maximumBackoffMs: number;
  /** Absent: tried for ever. */
  readonly deadLetter?: { readonly topic: string; readonly maxDeliveryAttempts: number };
}

/** Pub/Sub without a retry policy tries again at once. */
export const AT_ONCE: PushPolicy = { minimumBackoffMs: 0, maximumBackoffMs: 0 };

interface Counted {
  attempt: number;
  /** From when on another failure is another attempt. */
  nextAt: number;
}

/** Messages under way; the oldest are forgotten beyond so many. */
const MOST = 10_000;

/**
 * Counts attempts by the clock of the policy. The emulator has policies of its own, but a message that was refused three
 * times under a retry policy stays away for minutes, or for good (seen with 0.8.20); so it is given none, tries once a
 * second, and what lies between two attempts of the policy counts as the same one: a service that is down for 20 s costs
 * a message as many attempts as in the cloud.
 */
export class PushAttempts {
  readonly #counted = new Map<string, Counted>();

  /** @param now Unix milliseconds @returns the number of this attempt, from 1 */
  begin(key: string, now: number): number {
    const known = this.#counted.get(key);
    const counted = known ?? { attempt: 1, nextAt: now };
    if (known !== undefined && now >= known.nextAt) known.attempt += 1;
    this.#counted.delete(key);
    this.#counted.set(key, counted);
    const oldest = this.#counted.keys().next();
    if (this.#counted.size > MOST && !oldest.done) this.#counted.delete(oldest.value);
    return counted.attempt;
  }

  /** @returns whether it was the last one */
  failed(key: string, now: number, policy: PushPolicy): boolean {
    const counted = this.#counted.get(key);
    if (counted === undefined) return false;
    if (counted.attempt >= (policy.deadLetter?.maxDeliveryAttempts ?? Number.POSITIVE_INFINITY)) return true;
    const backoff = Math.min(policy.maximumBackoffMs, policy.minimumBackoffMs * 2 ** (counted.attempt - 1));
    // The clock of one attempt runs from its first failure.
    if (now >= counted.nextAt) counted.nextAt = now + backoff;
    return false;
  }

  done(key: string): void {
    this.#counted.delete(key);
  }
}
