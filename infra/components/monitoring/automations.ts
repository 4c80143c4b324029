import { eventMetric, type LogMetric } from "./metric.ts";

/** Follow-ups: how often each trigger ran, and what came of what was due. */

export const runs = eventMetric({
  name: "automation_runs",
  description: "Runs of each trigger",
  event: "automation_run",
  labels: ["trigger"],
});

export const outcomes = eventMetric({
  name: "automation_outcomes",
  description: "Follow-ups by trigger and by what became of them",
  event: "automation_outcome",
  labels: ["trigger", "outcome"],
});

export const automationMetrics: readonly LogMetric[] = [runs, outcomes];
