import type * as gcp from "@pulumi/gcp";
import type { Input } from "@pulumi/pulumi";

/**
 * The structured conditions of an alert policy. Pure: which numbers mean trouble is said in one file an idea.
 * Kinds, aligners and reducers: https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alertPolicies
 */
export type Condition = gcp.types.input.monitoring.AlertPolicyCondition;

type Aligner = "ALIGN_DELTA" | "ALIGN_MAX" | "ALIGN_NEXT_OLDER" | "ALIGN_COUNT";
type Reducer = "REDUCE_SUM" | "REDUCE_MAX" | "REDUCE_PERCENTILE_95" | "REDUCE_COUNT_FALSE";

export interface Aggregation {
  /** The window that each point looks back on: a multiple of 60. */
  readonly seconds: number;
  readonly aligner: Aligner;
  readonly reducer: Reducer;
  /** `metric.label.channel`: what keeps a series of its own. @default one series for all */
  readonly by?: readonly string[];
}

/** Which time series: the type of metric and of resource, both of which Google demands, and values of labels. */
export interface Series {
  readonly metric: string;
  readonly resource: string;
  /** One value, or any of several. */
  readonly labels?: Readonly<Record<string, string | readonly string[]>>;
}

/** The filter of Cloud Monitoring for some time series. */
export function filterOf({ metric, resource, labels = {} }: Series): string {
  const conditions = Object.entries(labels).map(([label, value]) => {
    const field = label.includes(".") ? label : `metric.labels.${label}`;
    if (typeof value === "string") return `${field}="${value}"`;
    return `${field}=one_of(${value.map((one) => `"${one}"`).join(",")})`;
  });
  return [`metric.type="${metric}"`, `resource.type="${resource}"`, ...conditions].join(" AND ");
}

interface Limit {
  readonly title: string;
  readonly comparison: ">" | "<";
  readonly value: number;
  /** How long every point must be beyond it; a multiple of 60, and at least that, or missing data cannot be told. */
  readonly forSeconds: number;
}

/** More, or less, than a number for some time. What is not measured is not beyond it. */
export function threshold(limit: Limit & { readonly of: Series; readonly aggregation: Aggregation }): Condition {
  return {
    displayName: limit.title,
    conditionThreshold: {
      filter: filterOf(limit.of),
      aggregations: [aggregationOf(limit.aggregation)],
      ...limitOf(limit),
    },
  };
}

/** A share: some series over others, both added up in the same way. */
export function ratio(
  limit: Limit & { readonly of: Series; readonly over: Series; readonly aggregation: Aggregation },
): Condition {
  return {
    displayName: limit.title,
    conditionThreshold: {
      filter: filterOf(limit.of),
      aggregations: [aggregationOf(limit.aggregation)],
      denominatorFilter: filterOf(limit.over),
      denominatorAggregations: [aggregationOf(limit.aggregation)],
      ...limitOf(limit),
    },
  };
}

/** How many times faster than it would last the month an error budget is being spent, looking back some time. */
export function burnRate(limit: {
  readonly title: string;
  /** `projects/…/services/…/serviceLevelObjectives/…` */
  readonly slo: Input<string>;
  readonly lookBackSeconds: number;
  readonly times: number;
  readonly filter: (slo: Input<string>, lookBack: string) => Input<string>;
}): Condition {
  return {
    displayName: limit.title,
    conditionThreshold: {
      filter: limit.filter(limit.slo, `${limit.lookBackSeconds}s`),
      ...limitOf({ title: limit.title, comparison: ">", value: limit.times, forSeconds: 60 }),
    },
  };
}

/** No point at all for some time; at least two minutes. It knows only series that have been there before. */
export function absence(limit: {
  readonly title: string;
  readonly of: Series;
  readonly aggregation: Aggregation;
  readonly forSeconds: number;
}): Condition {
  return {
    displayName: limit.title,
    conditionAbsent: {
      filter: filterOf(limit.of),
      aggregations: [aggregationOf(limit.aggregation)],
      duration: `${limit.forSeconds}s`,
      trigger: { count: 1 },
    },
  };
}

function aggregationOf({ seconds, aligner, reducer, by = [] }: Aggregation) {
  return {
    alignmentPeriod: `${seconds}s`,
    perSeriesAligner: aligner,
    crossSeriesReducer: reducer,
    ...(by.length > 0 && { groupByFields: [...by] }),
  };
}

function limitOf({ comparison, value, forSeconds }: Limit) {
  return {
    comparison: comparison === ">" ? "COMPARISON_GT" : "COMPARISON_LT",
    thresholdValue: value,
    duration: `${forSeconds}s`,
    evaluationMissingData: "EVALUATION_MISSING_DATA_INACTIVE",
    trigger: { count: 1 },
  };
}
