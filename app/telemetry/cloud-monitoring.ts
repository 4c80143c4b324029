import type { MetricServiceClient } from "@google-cloud/monitoring";

let client: Promise<MetricServiceClient> | undefined;

/** Cloud Monitoring's client, the one of this process, loaded when it is first asked for: its import takes a while. */
export function cloudMonitoring(): Promise<MetricServiceClient> {
  client ??= import("@google-cloud/monitoring").then((library) => new library.MetricServiceClient());
  return client;
}
