import type { ChannelName } from "../channels/channel.ts";

/**
 * Sends a second, far below what each channel takes, since answers to customers have the right of way. WhatsApp: 20/s
 * where a number is shared with the Business app, else 80/s. Instagram 100/s, Messenger 300/s per Page. SendGrid asks
 * for no more than its plan's rate.
 * Sources: https://developers.facebook.com/docs/whatsapp/cloud-api/overview#throughput and
 * https://developers.facebook.com/docs/messenger-platform/overview/rate-limiting
 */
export const SENDS_PER_SECOND: Readonly<Record<ChannelName | "email", number>> = {
  whatsapp: 10,
  instagram: 10,
  facebook: 20,
  webchat: 200,
  email: 10,
};

export interface Pacer {
  /** Waits until this channel may take one more. */
  turn(channel: ChannelName | "email"): Promise<void>;
}

export interface PaceDeps {
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** One run's pace: evenly spaced turns per channel, whoever asks. */
export function createPacer(deps: PaceDeps, perSecond: Readonly<Record<ChannelName | "email", number>>): Pacer {
  const free = new Map<ChannelName | "email", number>();
  return {
    async turn(channel) {
      const now = deps.now();
      const mine = Math.max(now, free.get(channel) ?? 0);
      free.set(channel, mine + 1000 / perSecond[channel]);
      if (mine > now) await deps.sleep(mine - now);
    },
  };
}

/** Runs `work` for every item, at most `limit` at once. The first error ends it, after what is under way. */
export async function inParallel<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  const outcomes = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, worker));
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed) throw failed.reason;
}
