import type { MetaChannelName } from "./channel.ts";

/**
 * Keeps what this process sends within what Meta takes, instead of learning it from refusals: "continuing API calls during
 * throttling extends the wait". Other instances send too, so a refusal is still possible, and then classed as such.
 */
export interface Pacer {
  /** Takes a place. @returns 0: send now · a number: wait so many milliseconds, then send · `refused`: not even soon */
  take(
    account: string,
    customer: string,
    file?: boolean,
  ): number | { readonly refused: "account" | "pair"; readonly waitMs: number };
}

/**
 * Messages a second: WhatsApp 80 per number (https://developers.facebook.com/docs/whatsapp/throughput), Messenger 300 per
 * Page and Instagram 100 per account (https://developers.facebook.com/docs/graph-api/overview/rate-limiting).
 */
const PER_SECOND: Readonly<Record<MetaChannelName, number>> = { whatsapp: 80, facebook: 300, instagram: 100 };
/** Messenger and Instagram count what carries a file apart, as well (the same page). WhatsApp takes files by an upload. */
const FILES_PER_SECOND = 10;
/** WhatsApp: one message every six seconds to one person, up to 45 at once (error 131056). */
const PAIR = { burst: 45, everyMs: 6_000 } as const;
/** A longer wait is the outbox's business: nobody holds a request open for it. */
const LONGEST_WAIT_MS = 2_000;
/** Pairs that are remembered; one that is forgotten has been quiet for long. */
const MOST_PAIRS = 20_000;

interface Bucket {
  /** Below zero: places that are taken ahead. */
  tokens: number;
  at: number;
}

/** @param now Unix milliseconds */
export function createPacer(channel: MetaChannelName, now: () => number): Pacer {
  const accounts = new Map<string, Bucket>();
  const pairs = new Map<string, Bucket>();
  const files = new Map<string, Bucket>();
  const perSecond = PER_SECOND[channel];
  return {
    take(account, customer, file = false) {
      const time = now();
      const whole = refilled(accounts, account, perSecond, 1000 / perSecond, time);
      const counted = file && channel !== "whatsapp";
      const everyFile = 1000 / FILES_PER_SECOND;
      const ofFiles = counted ? refilled(files, account, FILES_PER_SECOND, everyFile, time) : undefined;
      const accountWait = Math.max(waitOf(whole, 1000 / perSecond), ofFiles ? waitOf(ofFiles, everyFile) : 0);
      if (accountWait > LONGEST_WAIT_MS) return { refused: "account", waitMs: accountWait };
      if (channel === "whatsapp") {
        const pair = refilled(pairs, `${account} ${customer}`, PAIR.burst, PAIR.everyMs, time);
        const pairWait = waitOf(pair, PAIR.everyMs);
        if (pairWait > 0) return { refused: "pair", waitMs: pairWait };
        pair.tokens -= 1;
        if (pairs.size > MOST_PAIRS) forgetOldest(pairs);
      }
      whole.tokens -= 1;
      if (ofFiles) ofFiles.tokens -= 1;
      return accountWait;
    },
  };
}

/** The bucket as it is now; a new one is full. */
function refilled(buckets: Map<string, Bucket>, key: string, capacity: number, everyMs: number, now: number): Bucket {
  const known = buckets.get(key) ?? { tokens: capacity, at: now };
  known.tokens = Math.min(capacity, known.tokens + Math.max(0, now - known.at) / everyMs);
  known.at = now;
  // The one used last stands last.
  buckets.delete(key);
  buckets.set(key, known);
  return known;
}

function waitOf({ tokens }: Bucket, everyMs: number): number {
  return tokens >= 1 ? 0 : Math.round((1 - tokens) * everyMs);
}

function forgetOldest(buckets: Map<string, Bucket>): void {
  for (const oldest of buckets.keys()) {
    buckets.delete(oldest);
    return;
  }
}
