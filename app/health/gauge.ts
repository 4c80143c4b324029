import { cloudMonitoring } from "../telemetry/cloud-monitoring.ts";
import type { Log } from "../telemetry/log.ts";
import type { Subject } from "./model.ts";

export interface GaugePoint {
  readonly channel: Subject;
  /** 1: works; 0: offline. */
  readonly up: 0 | 1;
}

/** Where the `channel_up` gauge goes. */
export interface GaugeWriter {
  /** @param at Unix milliseconds */
  write(points: readonly GaugePoint[], at: number): Promise<void>;
}

export const CHANNEL_UP_METRIC = "custom.googleapis.com/servio/channel_up";

export interface MonitoringOptions {
  readonly project: string;
  readonly region: string;
  /** The stack's name. */
  readonly environment: string;
}

/**
 * Cloud Monitoring, through its client, which is loaded at the first probe. One series per channel, written by the one
 * probe job, so that no two writers meet.
 * Source: https://cloud.google.com/monitoring/custom-metrics/creating-metrics
 */
export function createMonitoringGauge(options: MonitoringOptions): GaugeWriter {
  return {
    async write(points, at) {
      const client = await cloudMonitoring();
      await client.createTimeSeries({
        name: `projects/${options.project}`,
        timeSeries: points.map(({ channel, up }) => ({
          metric: { type: CHANNEL_UP_METRIC, labels: { channel, environment: options.environment } },
          resource: {
            type: "generic_task",
            labels: {
              project_id: options.project,
              location: options.region,
              namespace: options.environment,
              job: "channel-probe",
              task_id: "probe",
            },
          },
          metricKind: "GAUGE",
          valueType: "INT64",
          points: [{ interval: { endTime: { seconds: Math.floor(at / 1000) } }, value: { int64Value: up } }],
        })),
      });
    },
  };
}

/** Where there is no Cloud Monitoring: a line in the log. */
export function createLogGauge(log: Log): GaugeWriter {
  return {
    async write(points) {
      log.info(
        { event: "channel_up", channels: Object.fromEntries(points.map(({ channel, up }) => [channel, up])) },
        "channel_up",
      );
    },
  };
}
