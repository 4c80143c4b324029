import { price, published, reported, unconfirmed } from "./price.ts";

/** Cloud Logging and Cloud Monitoring: the same in every region. */

const PAGE = "https://cloud.google.com/stackdriver/pricing";
const ALERTS_PAGE = "https://cloud.google.com/monitoring/alerts/cost-control";

/** Bytes that Monitoring counts for one point of a metric, by its kind. */
export const POINT_BYTES = { scalar: 8, distribution: 80 } as const;

export const OBSERVABILITY = {
  logs: price({
    id: "logging/storage",
    service: "Cloud Logging",
    unit: "GiB",
    lot: 1,
    usd: "0.50",
    source: published(PAGE, "2026-11-23", "includes 30 days of storage"),
    free: { units: 50, every: "month", sharedBy: "project", source: published(PAGE, "2026-11-23") },
  }),
  metrics: price({
    id: "monitoring/metrics",
    service: "Cloud Monitoring",
    unit: "MiB",
    lot: 1,
    usd: "0.258",
    source: reported(PAGE, "2026-08", "by infracost's price list; custom and log-based metrics, first 100 000 MiB"),
    free: {
      units: 150,
      every: "month",
      sharedBy: "billing account",
      source: reported(PAGE, "2026-08", "by infracost's price list"),
    },
  }),
  conditions: price({
    id: "monitoring/alert-conditions",
    service: "Cloud Monitoring",
    unit: "condition",
    lot: 1,
    usd: ["0", "1.50"],
    source: unconfirmed(
      ALERTS_PAGE,
      "2026-11-26",
      "$1.50 is on this page; readers of the price page quote that alerting is free until 1 September 2027",
    ),
  }),
  returnedSeries: price({
    id: "monitoring/alert-series",
    service: "Cloud Monitoring",
    unit: "time series returned",
    lot: 1_000_000,
    usd: ["0", "0.35"],
    source: unconfirmed(ALERTS_PAGE, "2026-11-26", "each evaluation of each condition; free as long as conditions are"),
  }),
  uptimeChecks: price({
    id: "monitoring/uptime-checks",
    service: "Cloud Monitoring",
    unit: "execution",
    lot: 1000,
    usd: "0.30",
    source: reported(PAGE, "2026-08-29", "quoted by several readers; each region executes"),
    free: {
      units: 1_000_000,
      every: "month",
      sharedBy: "project",
      source: reported(PAGE, "2026-08-29"),
    },
  }),
} as const;
