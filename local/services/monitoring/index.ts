export { createMonitoring, type Monitoring } from "./monitoring.ts";
export { summaryOf } from "./notification.ts";
export type { Change, Incident } from "./policy.ts";
export type { PushSeen } from "./queue-watch.ts";
export { createWatcher, type Watcher } from "./watcher.ts";
