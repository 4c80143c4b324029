import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type Place } from "../../place.ts";
import type { Alert } from "./alert.ts";
import { MILLISECONDS, requestMetric } from "./metric.ts";
import { timesOf } from "./times.ts";

/** The API and the inbox, from inside and from outside. */

export const requests = requestMetric({
  name: "requests",
  description: "Requests to Cloud Run, by route and status, and how long they took",
  labels: ["route", "status", "channel"],
  distribution: { field: "latencyMs", unit: "ms", bounds: MILLISECONDS },
});

/** From three continents every five minutes: often enough to know, seldom enough to cost nothing. */
const PERIOD_SECONDS = 300;
const REGIONS = ["USA", "EUROPE", "SOUTH_AMERICA"];

/** Asks for the page that agents open, as a browser would. */
export function declareUptime(place: Place, parent: pulumi.Resource, url: pulumi.Output<string>) {
  const address = url.apply((text) => new URL(text));
  return new gcp.monitoring.UptimeCheckConfig(
    "inbox",
    {
      project: place.project,
      displayName: "Servio: inbox",
      monitoredResource: {
        type: "uptime_url",
        labels: { project_id: place.project, host: address.apply(({ hostname }) => hostname) },
      },
      httpCheck: address.apply(({ port, protocol }) => {
        const secure = protocol === "https:";
        return {
          // Not /healthz: from outside Google answers paths that end in z on its own.
          path: "/",
          port: port === "" ? (secure ? 443 : 80) : Number(port),
          useSsl: secure,
          validateSsl: secure,
          requestMethod: "GET",
          acceptedResponseStatusCodes: [{ statusClass: "STATUS_CLASS_2XX" }],
        };
      }),
      // A cold start is slow and no outage.
      timeout: "10s",
      period: `${PERIOD_SECONDS}s`,
      selectedRegions: REGIONS,
      userLabels: place.labels,
    },
    childOptions(parent, place),
  );
}

/** Two places that cannot reach it are not the fault of one of them. */
export function inboxDown(check: pulumi.Output<string>): Alert {
  return {
    name: "inbox-down",
    title: "O inbox não responde",
    severity: "CRITICAL",
    runbook: "inbox-down",
    conditions: [
      {
        displayName: "More than one place cannot reach the inbox",
        conditionThreshold: {
          filter: pulumi.interpolate`metric.type="monitoring.googleapis.com/uptime_check/check_passed" AND resource.type="uptime_url" AND metric.labels.check_id="${check}"`,
          aggregations: [
            {
              alignmentPeriod: "1200s",
              perSeriesAligner: "ALIGN_NEXT_OLDER",
              crossSeriesReducer: "REDUCE_COUNT_FALSE",
              groupByFields: ["resource.label.host"],
            },
          ],
          comparison: "COMPARISON_GT",
          thresholdValue: 1,
          duration: "60s",
          evaluationMissingData: "EVALUATION_MISSING_DATA_INACTIVE",
          trigger: { count: 1 },
        },
      },
    ],
    // From the outage to the next check of each place, and from the mending to the next.
    within: timesOf({ gathers: PERIOD_SECONDS, lasts: 60, window: 0, app: { fails: 0, recovers: PERIOD_SECONDS } }),
  };
}
