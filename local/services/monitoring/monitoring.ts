import { CHANNEL_UP_METRIC } from "../../../app/health/gauge.ts";
import type { Objective } from "./conditions.ts";
import { createLogMetric, type LogEntry, type LogMetric, type LogMetricInputs } from "./log-metrics.ts";
import { type Change, createPolicy, type Incident, type Policy, type PolicyInputs } from "./policy.ts";
import { createTimeSeries, type TimeSeries } from "./time-series.ts";

/**
 * Cloud Monitoring and the metrics of Cloud Logging, over what a local stack writes: the same resources, evaluated. Knows no
 * clock and no file; whoever runs it brings lines, readings and the time.
 */
export interface Monitoring {
  readonly series: TimeSeries;
  /** Creates or replaces. @throws {LocalError} for a filter or extractor that is not understood. */
  putMetric(inputs: LogMetricInputs): void;
  /** Creates or replaces. @throws {LocalError} for a kind of condition that is not known. */
  putPolicy(name: string, inputs: PolicyInputs): void;
  putObjective(name: string, objective: Objective): void;
  deleteMetric(name: string): void;
  deletePolicy(name: string): void;
  /** A line of the app's, at its own time. */
  take(entry: LogEntry): void;
  /** Looks at every policy. @returns what has opened or closed. @param now milliseconds, never less than before */
  evaluate(now: number): Change[];
  /** Incidents that are open. */
  incidents(): readonly Incident[];
}

export function createMonitoring(): Monitoring {
  const series = createTimeSeries();
  const metrics = new Map<string, LogMetric>();
  const policies = new Map<string, Policy>();
  const objectives = new Map<string, Objective>();
  return {
    series,
    putMetric: (inputs) => void metrics.set(inputs.name, createLogMetric(inputs, series)),
    putPolicy: (name, inputs) => void policies.set(name, createPolicy(name, inputs, series, objectives)),
    putObjective: (name, objective) => void objectives.set(name, objective),
    deleteMetric: (name) => void metrics.delete(name),
    deletePolicy: (name) => void policies.delete(name),
    take(entry) {
      for (const metric of metrics.values()) metric.take(entry);
      takeGauge(series, entry);
    },
    evaluate: (now) => [...policies.values()].flatMap((policy) => policy.evaluate(now)),
    incidents: () => [...policies.values()].flatMap((policy) => policy.open()),
  };
}

/** Where there is no Cloud Monitoring, the app writes its one gauge as a line. */
function takeGauge(series: TimeSeries, { jsonPayload, at }: LogEntry): void {
  const { event, channels, environment } = jsonPayload;
  if (event !== "channel_up" || typeof channels !== "object" || channels === null) return;
  for (const [channel, up] of Object.entries(channels)) {
    const identity = {
      metric: { type: CHANNEL_UP_METRIC, labels: { channel, environment: String(environment ?? "") } },
      resource: { type: "generic_task", labels: { job: "channel-probe", task_id: "probe" } },
      kind: "GAUGE",
      valueType: "INT64",
    } as const;
    series.read(identity, up === 1 ? 1 : 0, at);
  }
}
