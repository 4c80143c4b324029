import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { CHANNEL_UP_METRIC } from "../../../app/health/gauge.ts";
import { childOptions, type Place } from "../../place.ts";
import type { Alert } from "./alert.ts";
import { type Aggregation, absence, type Series, threshold } from "./condition.ts";
import { timesOf } from "./times.ts";

/** The gauge of the health probe: 1 works, 0 offline. Quiet is not offline: only the probe sets it. */

const CHANNELS = ["whatsapp", "instagram", "facebook", "webchat"] as const;

const up: Series = { metric: CHANNEL_UP_METRIC, resource: "generic_task", labels: { channel: CHANNELS } };

/**
 * The newest point of the last ten minutes, of which the probe sets two: one that is late is not yet missing.
 */
const newest: Aggregation = {
  seconds: 600,
  aligner: "ALIGN_NEXT_OLDER",
  reducer: "REDUCE_MAX",
  by: ["metric.label.channel"],
};

/** The schedule's. */
const PROBE_SECONDS = 300;

/** Specification 8.3: offline for more than 30 minutes. */
const OFFLINE_SECONDS = 1800;

export const channelOffline: Alert = {
  name: "channel-offline",
  title: "Canal offline há mais de 30 minutos",
  severity: "CRITICAL",
  runbook: "channel-offline",
  conditions: [
    threshold({
      title: "channel_up below 1 for 30 minutes",
      of: up,
      aggregation: newest,
      comparison: "<",
      value: 1,
      forSeconds: OFFLINE_SECONDS,
    }),
    absence({
      title: "The probe itself has said nothing for 30 minutes",
      of: up,
      aggregation: { ...newest, seconds: 300, aligner: "ALIGN_COUNT", reducer: "REDUCE_SUM" },
      forSeconds: OFFLINE_SECONDS,
    }),
  ],
  // Three probes until a channel counts as offline, then the half hour. The next probe, a good one, ends it at once.
  within: timesOf({
    gathers: 0,
    lasts: OFFLINE_SECONDS,
    window: 0,
    app: { fails: 3 * PROBE_SECONDS, recovers: PROBE_SECONDS },
  }),
  // An incident must not end because the probe has stopped, too.
  autoCloseSeconds: 86_400,
};

/** Declared, so that the alert can be made before the first probe has run. */
export function declareGauge(place: Place, parent: pulumi.Resource): gcp.monitoring.MetricDescriptor {
  return new gcp.monitoring.MetricDescriptor(
    "channel-up",
    {
      project: place.project,
      type: CHANNEL_UP_METRIC,
      displayName: "Channel works",
      description: "1: works; 0: offline. Written by the health probe every five minutes.",
      metricKind: "GAUGE",
      valueType: "INT64",
      unit: "1",
      labels: [
        {
          key: "channel",
          valueType: "STRING",
          description: "whatsapp, instagram, facebook, webchat, email, assistant",
        },
        { key: "environment", valueType: "STRING", description: "The stack's name" },
      ],
      metadata: { samplePeriod: "300s", ingestDelay: "60s" },
    },
    childOptions(parent, place),
  );
}
