import * as z from "zod";
import { LocalError } from "../../errors.ts";
import { type Comparison, parseFilter, satisfies } from "./expression.ts";
import type { TimeSeries } from "./time-series.ts";

/** Log-based metrics: what Cloud Logging makes of lines, by the metric's own filter and extractors. */

/** A line as Cloud Logging keeps it. */
export interface LogEntry {
  readonly resource: { readonly type: string; readonly labels: Readonly<Record<string, string>> };
  readonly severity: string;
  /** Unix milliseconds. */
  readonly at: number;
  readonly trace?: string;
  readonly jsonPayload: Readonly<Record<string, unknown>>;
}

/** The inputs of `gcp:logging/metric:Metric` that are understood. */
export const logMetricInputs = z.looseObject({
  name: z.string(),
  filter: z.string(),
  labelExtractors: z.record(z.string(), z.string()).default({}),
  valueExtractor: z.string().optional(),
  metricDescriptor: z.looseObject({
    metricKind: z.literal("DELTA", "local monitoring knows log-based metrics of kind DELTA"),
    valueType: z.enum(["INT64", "DISTRIBUTION"]),
    labels: z.array(z.looseObject({ key: z.string() })).default([]),
  }),
  bucketOptions: z.looseObject({ explicitBuckets: z.looseObject({ bounds: z.array(z.number()).min(1) }) }).optional(),
});
export type LogMetricInputs = z.output<typeof logMetricInputs>;

export interface LogMetric {
  /** `logging.googleapis.com/user/servio/requests` */
  readonly type: string;
  /** Counts or measures the line, if it is one of the metric's. */
  take(entry: LogEntry): void;
}

/** @throws {LocalError} for a filter, a label or an extractor that is not understood, or that Google would refuse. */
export function createLogMetric(inputs: LogMetricInputs, store: TimeSeries): LogMetric {
  const { metricDescriptor: descriptor } = inputs;
  const filter = parseFilter(inputs.filter);
  const extractors = Object.entries(inputs.labelExtractors).map(([label, text]) => [label, fieldOf(text)] as const);
  const declared = descriptor.labels.map(({ key }) => key);
  const strange = extractors.find(([label]) => !declared.includes(label));
  if (strange) throw invalid(inputs.name, `extracts the label ${strange[0]}, which its descriptor does not have`);
  const type = `logging.googleapis.com/user/${inputs.name}`;
  const distribution = descriptor.valueType === "DISTRIBUTION" ? distributionOf(inputs) : undefined;
  return {
    type,
    take(entry) {
      if (!matches(filter, entry)) return;
      const labels = Object.fromEntries(extractors.map(([label, field]) => [label, textAt(entry, field) ?? ""]));
      const series = {
        metric: { type, labels },
        resource: entry.resource,
        kind: "DELTA",
        valueType: descriptor.valueType,
      } as const;
      if (!distribution) return store.count(series, entry.at);
      const value = Number(textAt(entry, distribution.field));
      // Google leaves out a line whose value cannot be extracted.
      if (Number.isFinite(value)) store.observe(series, distribution.bounds, value, entry.at);
    },
  };
}

function distributionOf(inputs: LogMetricInputs): { field: string; bounds: readonly number[] } {
  const { valueExtractor, bucketOptions } = inputs;
  if (valueExtractor === undefined) throw invalid(inputs.name, "is a distribution without a valueExtractor");
  if (!bucketOptions) throw invalid(inputs.name, "has no explicitBuckets, the only kind that local monitoring knows");
  return { field: fieldOf(valueExtractor), bounds: bucketOptions.explicitBuckets.bounds };
}

/** Whether a line is one of a filter's. */
export function matches(filter: readonly Comparison[], entry: LogEntry): boolean {
  return filter.every((comparison) => satisfies(comparison, textAt(entry, comparison.field)));
}

/** `EXTRACT(jsonPayload.channel)`; regular expressions are not needed here, and refused. */
function fieldOf(extractor: string): string {
  const field = /^EXTRACT\(([\w.]+)\)$/.exec(extractor)?.[1];
  if (field !== undefined) return field;
  throw new LocalError(
    "extractor_unsupported",
    `Local monitoring does not know the extractor ${extractor}.`,
    "Write EXTRACT(jsonPayload.field), or teach local/services/monitoring/log-metrics.ts the other form.",
  );
}

/** A field of the entry as text; absent when it is not there, or holds more than one value. */
function textAt(entry: LogEntry, path: string): string | undefined {
  let value: unknown = entry;
  for (const step of path.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}

function invalid(name: string, what: string): LocalError {
  return new LocalError(
    "metric_invalid",
    `The log-based metric ${name} ${what}.`,
    "Mend it in infra/components/monitoring.",
  );
}
