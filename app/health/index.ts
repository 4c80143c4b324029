export { createLogGauge, createMonitoringGauge, type GaugeWriter } from "./gauge.ts";
export { createGraphReader } from "./graph-reader.ts";
export * from "./model.ts";
export { type HealthDeps, type HealthReport, probeHealth } from "./run.ts";
export { createSlack, type SlackWebhook } from "./slack.ts";
export { readHealth } from "./store.ts";
