export { toCsv } from "./csv.ts";
export { METRICS } from "./model.ts";
export { type QueueDepths, type ReadQueueDepths, readPresent } from "./present.ts";
export { createQueueDepths, QUEUE_SUBSCRIPTIONS } from "./queue-depths.ts";
export { type Counted, type ReportDeps, readCounted, reportOf } from "./report.ts";
export * from "./response.ts";
export { type RollUpDeps, type RollUpReport, rollUp } from "./roll-up.ts";
