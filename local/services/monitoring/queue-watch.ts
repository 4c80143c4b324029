import type { TimeSeries } from "./time-series.ts";

/** Pub/Sub's own metrics of subscriptions, which the emulator does not have. */

/** A push, as the relay sees it. */
export interface PushSeen {
  /** The subscription's short name. */
  readonly subscription: string;
  readonly messageId: string;
  /** Unix milliseconds. */
  readonly publishedAt: number;
  readonly acknowledged: boolean;
}

export interface QueueWatch {
  saw(push: PushSeen): void;
  /** Writes a reading of every subscription that has been seen. @param toClock from the system's time to the metrics' */
  measure(now: number, toClock: (systemTime: number) => number): void;
}

/** A message that is neither acknowledged nor pushed again for so long was laid aside as a dead letter. */
const GIVEN_UP_MS = 700_000;

export function createQueueWatch(series: TimeSeries, project: string): QueueWatch {
  const waiting = new Map<string, Map<string, { publishedAt: number; seenAt: number }>>();
  return {
    saw({ subscription, messageId, publishedAt, acknowledged }) {
      const messages = waiting.get(subscription) ?? new Map<string, { publishedAt: number; seenAt: number }>();
      waiting.set(subscription, messages);
      if (acknowledged) messages.delete(messageId);
      else messages.set(messageId, { publishedAt, seenAt: Date.now() });
    },
    measure(now, toClock) {
      for (const [subscription, messages] of waiting) {
        for (const [id, { seenAt }] of messages) if (Date.now() - seenAt > GIVEN_UP_MS) messages.delete(id);
        const oldest = Math.min(...[...messages.values()].map(({ publishedAt }) => toClock(publishedAt)));
        const age = messages.size === 0 ? 0 : Math.max(0, (now - oldest) / 1000);
        read(series, project, subscription, "oldest_unacked_message_age", age, now);
        read(series, project, subscription, "num_undelivered_messages", messages.size, now);
      }
    },
  };
}

/** A reading of one subscription. */
export function read(
  series: TimeSeries,
  project: string,
  subscription: string,
  metric: "oldest_unacked_message_age" | "num_undelivered_messages",
  value: number,
  now: number,
): void {
  series.read(
    {
      metric: { type: `pubsub.googleapis.com/subscription/${metric}`, labels: {} },
      resource: { type: "pubsub_subscription", labels: { project_id: project, subscription_id: subscription } },
      kind: "GAUGE",
      valueType: "INT64",
    },
    value,
    now,
  );
}
