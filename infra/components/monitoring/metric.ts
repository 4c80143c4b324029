import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import type { DeliveryFields, MeasuredEvent, MeasuredEvents, RequestFields } from "../../../app/telemetry/measured.ts";
import { childOptions, type Place } from "../../place.ts";

/** A metric that Cloud Logging makes of the app's lines: a count of them, or a distribution of one of their numbers. */
export interface LogMetric {
  /** Below `logging.googleapis.com/user/servio/`. */
  readonly name: string;
  readonly description: string;
  /** Of the Logging query language, beside {@link OURS}. */
  readonly filter: string;
  /** Fields of the line that become labels. Few values each: every combination is a time series of its own. */
  readonly labels: readonly string[];
  readonly distribution?: Distribution;
}

interface Distribution {
  /** The field that is measured. */
  readonly field: string;
  readonly unit: "ms";
  /** Upper bounds of the buckets but the last. A percentile is exact only where a bound stands. */
  readonly bounds: readonly number[];
}

/** Milliseconds. Close together around the thresholds of the alerts: 2 s, 5 s, 2 minutes. */
export const MILLISECONDS = [
  5, 10, 20, 50, 100, 200, 500, 1000, 2000, 3000, 4000, 4500, 5000, 5500, 6000, 8000, 10_000, 20_000, 60_000, 120_000,
  300_000, 600_000,
] as const;

/** The lines of both processes: a function of the second generation logs as the Cloud Run service that it is. */
export const OURS =
  'resource.type="cloud_run_revision" AND resource.labels.service_name=("servio-api" OR "servio-webhook")';

const PREFIX = "servio/";

/** The metric's type, as filters of Cloud Monitoring name it. */
export function metricType(metric: Pick<LogMetric, "name">): string {
  return `logging.googleapis.com/user/${PREFIX}${metric.name}`;
}

/** Both metrics that may be made of a measured event; its fields are checked against the app's. */
export function eventMetric<Event extends MeasuredEvent>(metric: {
  readonly name: string;
  readonly description: string;
  readonly event: Event;
  readonly labels: readonly (keyof MeasuredEvents[Event] & string)[];
  /** A field and its buckets. @default the lines are counted */
  readonly distribution?: Omit<Distribution, "field"> & { readonly field: keyof MeasuredEvents[Event] & string };
  /** Further conditions on the line. */
  readonly where?: string;
}): LogMetric {
  const { event, where, ...rest } = metric;
  const filter = [`jsonPayload.event="${event}"`, ...(where === undefined ? [] : [where])].join(" AND ");
  return { ...rest, filter };
}

/** A metric of the one line of each delivery that says what Meta was answered. */
export function deliveryMetric(metric: {
  readonly name: string;
  readonly description: string;
  readonly labels: readonly (keyof DeliveryFields)[];
  readonly distribution?: Omit<Distribution, "field"> & { readonly field: keyof DeliveryFields };
}): LogMetric {
  return { ...metric, filter: "jsonPayload.delivery:*" };
}

/** A metric of the one line of each request to Cloud Run. */
export function requestMetric(metric: {
  readonly name: string;
  readonly description: string;
  readonly labels: readonly (keyof RequestFields)[];
  readonly distribution?: Omit<Distribution, "field"> & { readonly field: keyof RequestFields };
}): LogMetric {
  return { ...metric, filter: "jsonPayload.route:*" };
}

/** Declares the metric. It counts from its creation on: lines that were written before are not in it. */
export function declareMetric(metric: LogMetric, place: Place, parent: pulumi.Resource): gcp.logging.Metric {
  const { name, description, filter, labels, distribution } = metric;
  return new gcp.logging.Metric(
    name.replaceAll("_", "-"),
    {
      project: place.project,
      name: `${PREFIX}${name}`,
      description,
      filter: `${OURS} AND ${filter}`,
      labelExtractors: Object.fromEntries(labels.map((label) => [label, `EXTRACT(jsonPayload.${label})`])),
      metricDescriptor: {
        metricKind: "DELTA",
        valueType: distribution ? "DISTRIBUTION" : "INT64",
        unit: distribution?.unit ?? "1",
        displayName: description,
        labels: labels.map((key) => ({ key, valueType: "STRING" })),
      },
      ...(distribution && {
        valueExtractor: `EXTRACT(jsonPayload.${distribution.field})`,
        bucketOptions: { explicitBuckets: { bounds: [...distribution.bounds] } },
      }),
    },
    childOptions(parent, place),
  );
}
