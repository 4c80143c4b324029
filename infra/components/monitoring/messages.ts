import type { Alert } from "./alert.ts";
import { threshold } from "./condition.ts";
import { eventMetric, type LogMetric, MILLISECONDS, metricType } from "./metric.ts";
import { timesOf } from "./times.ts";

/** Messages in and out, and how long a customer waits. */

export const received = eventMetric({
  name: "messages_received",
  description: "Messages of customers",
  event: "message_received",
  labels: ["channel"],
});

export const sent = eventMetric({
  name: "messages_sent",
  description: "Messages that left, by who wrote them",
  event: "message_sent",
  labels: ["channel", "author"],
});

export const notSent = eventMetric({
  name: "messages_not_sent",
  description: "Sends that came to nothing, by why",
  event: "message_not_sent",
  labels: ["channel", "failure"],
});

export const wait = eventMetric({
  name: "answer_wait",
  description: "From a customer's message to its answer's leaving",
  event: "message_sent",
  where: 'jsonPayload.author="bot"',
  labels: ["channel"],
  distribution: { field: "answeredInMs", unit: "ms", bounds: MILLISECONDS },
});

export const overdue = eventMetric({
  name: "answers_overdue",
  description: "Customers who wait longer than two minutes, once a minute each",
  event: "answer_overdue",
  labels: ["channel"],
});

export const messageMetrics: readonly LogMetric[] = [received, sent, notSent, wait, overdue];

/** The one alert that looks at what a customer sees, whatever the cause: a worker, a queue, a channel that refuses. */
export const noAnswer: Alert = {
  name: "no-answer",
  title: "Clientes sem resposta há mais de 2 minutos",
  severity: "ERROR",
  runbook: "no-answer",
  conditions: [
    threshold({
      title: "Somebody waits longer than 2 minutes, for 3 minutes",
      of: { metric: metricType(overdue), resource: "cloud_run_revision" },
      // The sweep tells once a minute; two of its minutes are in each window, so that one that is late is no end.
      aggregation: { seconds: 120, aligner: "ALIGN_DELTA", reducer: "REDUCE_SUM" },
      comparison: ">",
      value: 0,
      forSeconds: 180,
    }),
  ],
  // The customer's two minutes, and the sweep's.
  within: timesOf({ gathers: 120 + 60, lasts: 180, window: 120 }),
};
