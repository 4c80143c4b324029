import { quantity } from "../money.ts";
import { OBSERVABILITY, POINT_BYTES } from "../prices/index.ts";
import { listAt, textAt } from "../resource.ts";
import { secondsAt } from "./data.ts";
import { baseline, demanding, MONTH_SECONDS, usage } from "./model.ts";

const MIB = 2 ** 20;

/** Google evaluates a condition every half minute. */
const EVALUATION_SECONDS = 30;

/** Where Google checks from when a check names no places. */
const ALL_CHECKERS = 6;

export const alertPolicy = demanding((resource, context) => {
  const conditions = listAt(resource, "conditions").length;
  const evaluations = (MONTH_SECONDS / EVALUATION_SECONDS) * conditions;
  return [
    baseline("conditions", OBSERVABILITY.conditions, quantity(conditions)),
    baseline("evaluations", OBSERVABILITY.returnedSeries, quantity(evaluations * context.usage.seriesPerCondition)),
  ];
});

/** A log-based metric writes a point a minute for each of its time series. */
export const logMetric = demanding((resource, context) => {
  const kind = textAt(resource, "metricDescriptor", "valueType") === "DISTRIBUTION" ? "distribution" : "scalar";
  const points = (MONTH_SECONDS / 60) * context.usage.seriesPerMetric;
  return [usage("points", OBSERVABILITY.metrics, quantity(points * POINT_BYTES[kind], MIB))];
});

export const uptimeCheck = demanding((resource) => {
  const places = listAt(resource, "selectedRegions").length || ALL_CHECKERS;
  const executions = (MONTH_SECONDS / (secondsAt(resource, "period") ?? 60)) * places;
  return [baseline("executions", OBSERVABILITY.uptimeChecks, quantity(Math.round(executions)))];
});
