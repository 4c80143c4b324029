import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type Place } from "../../place.ts";
import type { Alert } from "./alert.ts";
import { type Aggregation, burnRate, ratio, type Series, threshold } from "./condition.ts";
import { deliveryMetric, MILLISECONDS, metricType } from "./metric.ts";
import { timesOf } from "./times.ts";

/** Receiving: what Meta was answered, how fast, and what of it is an alarm. */

export const deliveries = deliveryMetric({
  name: "webhook_deliveries",
  description: "Deliveries of Meta, by what they were answered",
  labels: ["channel", "delivery", "status"],
});

export const deliveryLatency = deliveryMetric({
  name: "webhook_latency",
  description: "Time until a delivery was answered",
  labels: ["channel"],
  distribution: { field: "latencyMs", unit: "ms", bounds: MILLISECONDS },
});

export const webhookMetrics = [deliveries, deliveryLatency];

/** The channels that Meta delivers, as alerts name them. */
const CHANNELS = { whatsapp: "WhatsApp", instagram: "Instagram", facebook: "Messenger" } as const;

const ACKNOWLEDGED = ["stored", "queued"] as const;
const FAILED = ["unavailable", "busy"] as const;

const RESOURCE = "cloud_run_revision";
const series = (labels: Series["labels"]): Series => ({
  metric: metricType(deliveries),
  resource: RESOURCE,
  ...(labels && { labels }),
});
const added = (seconds: number): Aggregation => ({ seconds, aligner: "ALIGN_DELTA", reducer: "REDUCE_SUM" });

/** Specification 8.3: more than 5 %. */
const MOST_FAILING = 0.05;
/** One of three is 33 % and no outage. */
const LEAST_FAILURES = 4;
/** Counted together. */
const FAILURES_SECONDS = 300;

/**
 * A delivery waits two seconds for the store and two for the queue. After an outage gRPC connects again when its pause is
 * over, which grows to two minutes, give or take a fifth.
 * https://github.com/grpc/grpc/blob/master/doc/connection-backoff.md
 */
const RECEIVER = { fails: 4, recovers: 4 + 144 };

/**
 * One policy a channel, since the two conditions must hold of the same channel. A signature that is not Meta's counts
 * on neither side: anybody can post rubbish.
 */
const failures: readonly Alert[] = Object.entries(CHANNELS).map(([channel, name]) => ({
  name: `webhook-failures-${channel}`,
  title: `${name}: mais de 5 % das entregas do webhook falham`,
  severity: "CRITICAL",
  runbook: "webhook-failures",
  combiner: "AND",
  conditions: [
    ratio({
      title: `${name}: failed deliveries of all, 5 minutes`,
      of: series({ channel, delivery: FAILED }),
      over: series({ channel, delivery: [...ACKNOWLEDGED, ...FAILED] }),
      aggregation: added(FAILURES_SECONDS),
      comparison: ">",
      value: MOST_FAILING,
      forSeconds: 60,
    }),
    threshold({
      title: `${name}: at least ${LEAST_FAILURES + 1} failed deliveries, 5 minutes`,
      of: series({ channel, delivery: FAILED }),
      aggregation: added(FAILURES_SECONDS),
      comparison: ">",
      value: LEAST_FAILURES,
      forSeconds: 60,
    }),
  ],
  // Two minutes: five failures, where three messages a minute come.
  within: timesOf({ gathers: 120, lasts: 60, window: FAILURES_SECONDS, app: RECEIVER }),
}));

/** Nothing of ours fails and yet nothing arrives: Meta signs with a secret that we do not know, after a rotation. */
const rejections: Alert = {
  name: "webhook-rejections",
  title: "A maioria das entregas do webhook tem assinatura inválida",
  severity: "ERROR",
  runbook: "webhook-rejections",
  combiner: "AND",
  conditions: [
    ratio({
      title: "Deliveries with a wrong signature of all, 10 minutes",
      of: series({ delivery: "rejected" }),
      over: series({}),
      aggregation: added(600),
      comparison: ">",
      value: 0.5,
      forSeconds: 300,
    }),
    threshold({
      title: "More than 20 deliveries with a wrong signature, 10 minutes",
      of: series({ delivery: "rejected" }),
      aggregation: added(600),
      comparison: ">",
      value: 20,
      forSeconds: 300,
    }),
  ],
  // Half of ten minutes' deliveries, when all of them are rejected.
  within: timesOf({ gathers: 300, lasts: 300, window: 600 }),
};

/** Meta waits 5 s and unsubscribes after an hour of failures: 99.9 % leaves 40 minutes of the 28 days. */
export const GOAL = 0.999;

/** The objective: of the deliveries that Meta signed, nearly all are acknowledged. */
export function declareObjective(place: Place, parent: pulumi.Resource, after: readonly pulumi.Resource[]) {
  const options = childOptions(parent, place);
  const service = new gcp.monitoring.CustomService(
    "webhook",
    {
      project: place.project,
      serviceId: "servio-webhook",
      displayName: "Servio: receiving from Meta",
      userLabels: place.labels,
    },
    options,
  );
  return new gcp.monitoring.Slo(
    "webhook-acknowledged",
    {
      project: place.project,
      service: service.serviceId,
      sloId: "acknowledged",
      displayName: "99.9 % of Meta's deliveries are acknowledged, 28 days",
      goal: GOAL,
      rollingPeriodDays: 28,
      requestBasedSli: {
        goodTotalRatio: {
          goodServiceFilter: sliFilter(ACKNOWLEDGED),
          totalServiceFilter: sliFilter([...ACKNOWLEDGED, ...FAILED]),
        },
      },
      userLabels: place.labels,
    },
    { ...options, dependsOn: [...options.dependsOn, ...after] },
  );
}

function sliFilter(answers: readonly string[]): string {
  const one = answers.map((answer) => `"${answer}"`).join(",");
  return `metric.type="${metricType(deliveries)}" AND resource.type="${RESOURCE}" AND metric.labels.delivery=one_of(${one})`;
}

/** What stays below 5 % and still eats the month's budget: six times too fast over six hours, and still going on. */
export function budgetBurns(slo: pulumi.Output<string>): Alert {
  const burns = (title: string, lookBackSeconds: number) =>
    burnRate({
      title,
      slo,
      lookBackSeconds,
      times: 6,
      filter: (name, lookBack) => pulumi.interpolate`select_slo_burn_rate("${name}", "${lookBack}")`,
    });
  return {
    name: "webhook-error-budget",
    title: "O webhook gasta o orçamento de erros rápido demais",
    severity: "ERROR",
    runbook: "webhook-error-budget",
    combiner: "AND",
    conditions: [
      burns("Error budget spent 6 times too fast, 6 hours", 21_600),
      burns("Error budget spent 6 times too fast, 30 minutes", 1800),
      threshold({
        title: "More than 20 failed deliveries, 6 hours",
        of: series({ delivery: FAILED }),
        aggregation: added(21_600),
        comparison: ">",
        value: 20,
        forSeconds: 60,
      }),
    ],
    // 1 % of errors burns ten times too fast: six tenths of the six hours. The shorter window ends it.
    within: timesOf({ gathers: 12_960, lasts: 60, window: 1800 }),
  };
}

export const webhookAlerts: readonly Alert[] = [...failures, rejections];
