import { price, published, unconfirmed } from "./price.ts";

/** Cloud Run and, since the second generation, Cloud Functions: one price list, one allowance for both. */

const PAGE = "https://cloud.google.com/run/pricing";
const LISTED = published(
  PAGE,
  "2026-11-23",
  "us-west1 is of tier 1, southamerica-east1 of tier 2; firebase-tools 15.34.2 (lib/deploy/functions/pricing.js) has the same",
);
const TIER_2 = unconfirmed(PAGE, "2026-11-23", "1.4 times tier 1, as for the request-based prices");
const ALLOWANCE = {
  every: "month",
  sharedBy: "billing account",
  valuedIn: "us-west1",
  source: published(PAGE, "2026-11-23", "given as money at tier 1 prices"),
} as const;

const SERVICE = "Cloud Run";

export const CLOUD_RUN = {
  cpu: price({
    id: "cloud-run/cpu",
    service: SERVICE,
    unit: "vCPU-second",
    lot: 1,
    usd: { "us-west1": "0.000024", "southamerica-east1": "0.0000336" },
    source: LISTED,
    free: { units: 180_000, ...ALLOWANCE },
  }),
  memory: price({
    id: "cloud-run/memory",
    service: SERVICE,
    unit: "GiB-second",
    lot: 1,
    usd: { "us-west1": "0.0000025", "southamerica-east1": "0.0000035" },
    source: LISTED,
    free: { units: 360_000, ...ALLOWANCE },
  }),
  requests: price({
    id: "cloud-run/requests",
    service: SERVICE,
    unit: "request",
    lot: 1_000_000,
    usd: "0.40",
    source: LISTED,
    free: { units: 2_000_000, ...ALLOWANCE },
  }),
  /** A warm instance between requests. */
  idleCpu: price({
    id: "cloud-run/idle-cpu",
    service: SERVICE,
    unit: "vCPU-second",
    lot: 1,
    usd: { "us-west1": "0.0000025", "southamerica-east1": "0.0000035" },
    source: { ...LISTED, note: "counted without the allowance of active seconds" },
  }),
  idleMemory: price({
    id: "cloud-run/idle-memory",
    service: SERVICE,
    unit: "GiB-second",
    lot: 1,
    usd: { "us-west1": "0.0000025", "southamerica-east1": "0.0000035" },
    source: { ...LISTED, note: "counted without the allowance of active seconds" },
  }),
  /** Where the CPU is always allocated, whole instance lives are paid for, and requests are not. */
  alwaysOnCpu: price({
    id: "cloud-run/always-on-cpu",
    service: SERVICE,
    unit: "vCPU-second",
    lot: 1,
    usd: { "us-west1": "0.000018", "southamerica-east1": { usd: "0.0000252", source: TIER_2 } },
    source: LISTED,
    free: { units: 240_000, ...ALLOWANCE },
  }),
  alwaysOnMemory: price({
    id: "cloud-run/always-on-memory",
    service: SERVICE,
    unit: "GiB-second",
    lot: 1,
    usd: { "us-west1": "0.000002", "southamerica-east1": { usd: "0.0000028", source: TIER_2 } },
    source: LISTED,
    free: { units: 450_000, ...ALLOWANCE },
  }),
} as const;
