import type { MetaChannelName } from "../../../app/channels/channel.ts";

/** Hours in milliseconds that the window rules are made of. */
export const WINDOW_MS = 24 * 3_600_000;
/** A person may answer with HUMAN_AGENT for seven days (Messenger Platform, message tags). */
export const HUMAN_AGENT_MS = 7 * 24 * 3_600_000;

/** Messages a second: per phone number (WhatsApp throughput), per Page and per Instagram account (Graph rate limiting). */
const PER_SECOND: Readonly<Record<MetaChannelName, number>> = { whatsapp: 80, facebook: 300, instagram: 100 };
/** Messenger and Instagram: messages with a file, a second (Graph rate limiting). */
const MEDIA_PER_SECOND = 10;
/** WhatsApp: one message every six seconds to one person, in bursts of up to 45. */
const PAIR = { burst: 45, perMs: 1 / 6_000 };
const MAX_PAIRS = 50_000;

/** A bucket that holds `capacity` tokens and refills steadily. */
export class TokenBucket {
  readonly #capacity: number;
  readonly #perMs: number;
  #tokens: number;
  #at: number;

  constructor(capacity: number, perMs: number, now: number) {
    this.#capacity = capacity;
    this.#perMs = perMs;
    this.#tokens = capacity;
    this.#at = now;
  }

  /** Takes one token if there is one. */
  take(now: number): boolean {
    this.#tokens = Math.min(this.#capacity, this.#tokens + Math.max(0, now - this.#at) * this.#perMs);
    this.#at = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

/** Rates of one simulated Graph. */
export class Rates {
  readonly #accounts = new Map<string, TokenBucket>();
  readonly #media = new Map<string, TokenBucket>();
  readonly #pairs = new Map<string, TokenBucket>();

  /** False: this account sends too fast. */
  account(channel: MetaChannelName, account: string, now: number): boolean {
    const perSecond = PER_SECOND[channel];
    return bucket(
      this.#accounts,
      `${channel}:${account}`,
      () => new TokenBucket(perSecond, perSecond / 1000, now),
    ).take(now);
  }

  /** False: this Page or account sends files too fast. */
  media(channel: MetaChannelName, account: string, now: number): boolean {
    const fresh = () => new TokenBucket(MEDIA_PER_SECOND, MEDIA_PER_SECOND / 1000, now);
    return bucket(this.#media, `${channel}:${account}`, fresh).take(now);
  }

  /** False: this person gets too many messages too fast. WhatsApp only. */
  pair(account: string, customer: string, now: number): boolean {
    const taken = bucket(
      this.#pairs,
      `${account}:${customer}`,
      () => new TokenBucket(PAIR.burst, PAIR.perMs, now),
    ).take(now);
    const oldest = this.#pairs.keys().next();
    if (this.#pairs.size > MAX_PAIRS && !oldest.done) this.#pairs.delete(oldest.value);
    return taken;
  }
}

function bucket(buckets: Map<string, TokenBucket>, key: string, make: () => TokenBucket): TokenBucket {
  const known = buckets.get(key);
  if (known) return known;
  const fresh = make();
  buckets.set(key, fresh);
  return fresh;
}
