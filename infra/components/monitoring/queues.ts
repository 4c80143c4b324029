import { QUEUE_SUBSCRIPTIONS } from "../../../app/metrics/queue-depths.ts";
import type { Alert } from "./alert.ts";
import { threshold } from "./condition.ts";
import { timesOf } from "./times.ts";

/** The queues, by Pub/Sub's own metrics. */

/** What nobody looks at is lost after fourteen days. */
export const deadLetters: Alert = {
  name: "dead-letters",
  title: "Há mensagens na fila de dead letters",
  severity: "ERROR",
  runbook: "dead-letters",
  conditions: [
    threshold({
      title: "Dead letters held",
      of: {
        metric: "pubsub.googleapis.com/subscription/num_undelivered_messages",
        resource: "pubsub_subscription",
        labels: { "resource.labels.subscription_id": QUEUE_SUBSCRIPTIONS.deadLetters },
      },
      aggregation: { seconds: 300, aligner: "ALIGN_MAX", reducer: "REDUCE_SUM" },
      comparison: ">",
      value: 0,
      forSeconds: 60,
    }),
  ],
  // Pub/Sub's metrics have a point a minute.
  within: timesOf({ gathers: 60, lasts: 60, window: 300 }),
};

/** Older than a failing job's usual two or three retries: the workers do not keep up, or do not work. */
export const oldestUnacked: Alert = {
  name: "oldest-unacked",
  title: "Uma fila espera há mais de 5 minutos",
  severity: "ERROR",
  runbook: "oldest-unacked",
  conditions: [
    threshold({
      title: "Age of the oldest message that was not acknowledged",
      of: {
        metric: "pubsub.googleapis.com/subscription/oldest_unacked_message_age",
        resource: "pubsub_subscription",
        labels: { "resource.labels.subscription_id": [QUEUE_SUBSCRIPTIONS.replies, QUEUE_SUBSCRIPTIONS.inbound] },
      },
      aggregation: { seconds: 60, aligner: "ALIGN_MAX", reducer: "REDUCE_MAX", by: ["resource.label.subscription_id"] },
      comparison: ">",
      value: 300,
      forSeconds: 120,
    }),
  ],
  within: timesOf({ gathers: 300 + 60, lasts: 120, window: 60 }),
};
