import type { Alert } from "./alert.ts";
import { type Series, threshold } from "./condition.ts";
import { eventMetric, type LogMetric, MILLISECONDS, metricType } from "./metric.ts";
import { timesOf } from "./times.ts";

/** The model: how long it takes, what comes of it. */

/** A model was asked. The others take no time, and would hide those that do. */
const ASKED = "jsonPayload.aiLatencyMs:*";

export const answerLatency = eventMetric({
  name: "assistant_latency",
  description: "Time until the assistant had an answer, of those that asked the model",
  event: "ia_answer",
  where: ASKED,
  labels: ["outcome"],
  distribution: { field: "aiLatencyMs", unit: "ms", bounds: MILLISECONDS },
});

/**
 * How many were wanted, also those that an open circuit kept from the model: then few are measured, and those few are slow.
 * A condition cannot compare the number of a distribution's values.
 */
export const answers = eventMetric({
  name: "assistant_answers",
  description: "Answers of the assistant, by what came of them",
  event: "ia_answer",
  labels: ["outcome"],
});

export const assistantMetrics: readonly LogMetric[] = [answerLatency, answers];

const series = (metric: LogMetric): Series => ({ metric: metricType(metric), resource: "cloud_run_revision" });

/** Specification 8.3: an answer that takes longer is slow. Milliseconds. */
export const SLOW_MS = 5000;

/** More than that, of the slowest twentieth, when there are enough to speak of one. */
export const slowAnswers: Alert = {
  name: "ai-latency",
  title: "A IA demora mais de 5 s para responder",
  severity: "ERROR",
  runbook: "ai-latency",
  combiner: "AND",
  conditions: [
    threshold({
      title: "Time of an answer, p95 of 10 minutes",
      of: series(answerLatency),
      // A distribution's points of ten minutes, one added to the other, and then the percentile of all of them.
      aggregation: { seconds: 600, aligner: "ALIGN_DELTA", reducer: "REDUCE_PERCENTILE_95" },
      comparison: ">",
      value: SLOW_MS,
      // As long as the window: a few slow answers together cannot do it, whatever the traffic; others must follow them.
      forSeconds: 600,
    }),
    threshold({
      title: "At least 20 answers, 10 minutes",
      of: series(answers),
      aggregation: { seconds: 600, aligner: "ALIGN_DELTA", reducer: "REDUCE_SUM" },
      comparison: ">",
      value: 19,
      forSeconds: 60,
    }),
  ],
  // A twentieth of ten minutes' answers is slow within 30 s, if each is; within four minutes when the circuit is open
  // between them. An answer is measured once all its attempts are over.
  within: timesOf({ gathers: 240, lasts: 600, window: 600, app: { fails: 30, recovers: 30 } }),
};
