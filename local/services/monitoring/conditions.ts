import * as z from "zod";
import { milliseconds } from "../../durations.ts";
import { LocalError } from "../../errors.ts";
import { type Aggregation, ALIGNERS, aggregate, REDUCERS } from "./aggregate.ts";
import { parseFilter, satisfies } from "./expression.ts";
import type { Series, TimeSeries } from "./time-series.ts";

/** The conditions of alert policies, of the kinds that the stack uses. Every other kind is refused by name. */

const MISSING = [
  "EVALUATION_MISSING_DATA_INACTIVE",
  "EVALUATION_MISSING_DATA_ACTIVE",
  "EVALUATION_MISSING_DATA_NO_OP",
] as const;

/** At least a minute, in whole minutes (alert policies take no finer ones). */
const minutes = z
  .string()
  .regex(/^\d+s$/)
  .refine((text) => Number.parseInt(text, 10) % 60 === 0, "must be a multiple of 60s");

const aggregationInput = z.strictObject({
  alignmentPeriod: minutes.refine((text) => text !== "0s", "must be at least 60s"),
  perSeriesAligner: z.enum(ALIGNERS),
  crossSeriesReducer: z.enum(REDUCERS).default("REDUCE_NONE"),
  groupByFields: z.array(z.string().regex(/^(metric|resource)\.labels?\.\w+$/)).default([]),
});
const aggregations = z.array(aggregationInput).max(1, "local monitoring knows one aggregation a filter").default([]);
const trigger = z.strictObject({ count: z.literal(1, "local monitoring knows the trigger count 1") }).optional();

const thresholdInput = z.strictObject({
  filter: z.string(),
  aggregations,
  denominatorFilter: z.string().optional(),
  denominatorAggregations: aggregations,
  comparison: z.enum(["COMPARISON_GT", "COMPARISON_LT"]),
  thresholdValue: z.number(),
  duration: minutes,
  evaluationMissingData: z.enum(MISSING).optional(),
  trigger,
});
const absentInput = z.strictObject({
  filter: z.string(),
  aggregations,
  duration: minutes.refine((text) => Number.parseInt(text, 10) >= 120, "must be at least 120s"),
  trigger,
});

/** A condition in the inputs of `gcp:monitoring/alertPolicy:AlertPolicy`. */
export const conditionInput = z
  .looseObject({
    displayName: z.string(),
    conditionThreshold: thresholdInput.optional(),
    conditionAbsent: absentInput.optional(),
  })
  .superRefine((condition, context) => {
    const kinds = Object.keys(condition).filter((key) => key.startsWith("condition"));
    const strange = kinds.filter((kind) => kind !== "conditionThreshold" && kind !== "conditionAbsent");
    for (const kind of strange) {
      context.addIssue({
        code: "custom",
        message: `${kind}: local monitoring evaluates conditionThreshold and conditionAbsent`,
      });
    }
    if (kinds.length !== 1) context.addIssue({ code: "custom", message: "must have exactly one kind of condition" });
  });
export type ConditionInput = z.output<typeof conditionInput>;

export interface Measured {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What a condition looks at now, and how long it must hold. */
export interface Condition {
  readonly title: string;
  readonly kind: "threshold" | "absence";
  /** Milliseconds. */
  readonly durationMs: number;
  readonly missing: "inactive" | "active" | "no_op";
  readonly threshold: number;
  /** The metric that it is about. */
  readonly metric: string;
  /** One value for each group of series that has any. */
  measure(now: number): Measured[];
  /** Whether a measured value is beyond the threshold. */
  beyond(value: number): boolean;
}

/** How objectives are found: by the name that a condition calls. */
export interface Objectives {
  get(name: string): Objective | undefined;
}

export interface Objective {
  readonly goal: number;
  readonly good: string;
  readonly total: string;
}

/** @throws {LocalError} for what is not understood. */
export function createCondition(input: ConditionInput, store: TimeSeries, objectives: Objectives): Condition {
  const { displayName: title, conditionThreshold, conditionAbsent } = input;
  if (conditionAbsent) {
    const select = selection(conditionAbsent.filter, store);
    const aggregation = aggregationOf(conditionAbsent.aggregations[0]);
    return {
      title,
      kind: "absence",
      durationMs: milliseconds(conditionAbsent.duration),
      missing: "no_op",
      threshold: 0,
      metric: select.metric,
      measure: (now) => aggregate(select.series(), aggregation, now),
      beyond: () => false,
    };
  }
  if (!conditionThreshold) throw new LocalError("condition_unsupported", `${title} has no kind.`, "Give it one.");
  const { comparison, thresholdValue, duration, evaluationMissingData } = conditionThreshold;
  return {
    title,
    kind: "threshold",
    durationMs: milliseconds(duration),
    missing: missingOf(evaluationMissingData),
    threshold: thresholdValue,
    ...measurement(conditionThreshold, store, objectives),
    beyond: (value) => (comparison === "COMPARISON_GT" ? value > thresholdValue : value < thresholdValue),
  };
}

type Threshold = z.output<typeof thresholdInput>;

function measurement(
  input: Threshold,
  store: TimeSeries,
  objectives: Objectives,
): Pick<Condition, "metric" | "measure"> {
  const burn = /^select_slo_burn_rate\("([^"]+)",\s*"(\d+s)"\)$/.exec(input.filter);
  if (burn) {
    const [, name = "", lookBack = "0s"] = burn;
    return { metric: name, measure: (now) => burnRate(objectives, store, name, milliseconds(lookBack), now) };
  }
  const select = selection(input.filter, store);
  const aggregation = aggregationOf(input.aggregations[0]);
  const measure = (now: number) => aggregate(select.series(), aggregation, now);
  if (input.denominatorFilter === undefined) return { metric: select.metric, measure };
  const over = selection(input.denominatorFilter, store);
  const overAggregation = aggregationOf(input.denominatorAggregations[0]);
  if (overAggregation.periodMs !== aggregation.periodMs) {
    throw new LocalError(
      "condition_invalid",
      "A ratio's two sides have different alignment periods.",
      "Google refuses it, too.",
    );
  }
  return {
    metric: select.metric,
    measure: (now) => {
      const denominators = new Map(
        aggregate(over.series(), overAggregation, now).map((one) => [JSON.stringify(one.labels), one.value]),
      );
      return measure(now).flatMap(({ labels, value }) => {
        const denominator = denominators.get(JSON.stringify(labels)) ?? 0;
        return denominator === 0 ? [] : [{ labels, value: value / denominator }];
      });
    },
  };
}

/** How many times faster than allowed errors came in the time that is looked back on. */
function burnRate(
  objectives: Objectives,
  store: TimeSeries,
  name: string,
  lookBackMs: number,
  now: number,
): Measured[] {
  const objective = objectives.get(name);
  if (!objective) {
    throw new LocalError(
      "objective_unknown",
      `A condition names the objective ${name}, which is not declared.`,
      "Take the name from its resource.",
    );
  }
  const sum: Aggregation = { periodMs: lookBackMs, aligner: "ALIGN_DELTA", reducer: "REDUCE_SUM", groupBy: [] };
  const [good] = aggregate(selection(objective.good, store).series(), sum, now);
  const [total] = aggregate(selection(objective.total, store).series(), sum, now);
  if (!total || total.value === 0) return [];
  const failing = 1 - (good?.value ?? 0) / total.value;
  return [{ labels: {}, value: failing / (1 - objective.goal) }];
}

/** The series of a filter: Google demands the type of the metric and of the resource. */
function selection(filter: string, store: TimeSeries): { readonly metric: string; readonly series: () => Series[] } {
  const comparisons = parseFilter(filter);
  const typeOf = (field: string): string => {
    const found = comparisons.find((one) => one.field === field && one.operator === "=");
    if (found?.values[0] !== undefined) return found.values[0];
    throw new LocalError("filter_incomplete", `The filter ${filter} does not say ${field}.`, "Google refuses it, too.");
  };
  const metric = typeOf("metric.type");
  typeOf("resource.type");
  return {
    metric,
    series: () =>
      store.of(metric).filter((series) => comparisons.every((one) => satisfies(one, valueAt(series, one.field)))),
  };
}

function valueAt(series: Series, field: string): string | undefined {
  const [side, part, label = ""] = field.split(".");
  const labelled = side === "metric" ? series.metric : series.resource;
  return part === "type" ? labelled.type : labelled.labels[label];
}

/** Without an aggregation, as for a burn rate or a raw gauge: the newest value of each series. */
function aggregationOf(input: z.output<typeof aggregationInput> | undefined): Aggregation {
  if (!input) return { periodMs: 60_000, aligner: "ALIGN_NEXT_OLDER", reducer: "REDUCE_NONE", groupBy: [] };
  return {
    periodMs: milliseconds(input.alignmentPeriod),
    aligner: input.perSeriesAligner,
    reducer: input.crossSeriesReducer,
    groupBy: input.groupByFields,
  };
}

function missingOf(input: (typeof MISSING)[number] | undefined): Condition["missing"] {
  if (input === "EVALUATION_MISSING_DATA_ACTIVE") return "active";
  return input === "EVALUATION_MISSING_DATA_INACTIVE" ? "inactive" : "no_op";
}
