import { price, published, unconfirmed } from "./price.ts";

/** Firestore, Standard edition. The allowance is the project's one free database's, and resets every day. */

const PAGE = "https://cloud.google.com/firestore/pricing";
const OREGON = published(PAGE, "2026-11-23", "row Oregon");
const SAO_PAULO = unconfirmed(PAGE, "2026-11-23", "row São Paulo, as remembered: 1.5 times Oregon");
const FREE = published(PAGE, "2026-11-23", "resets about midnight Pacific time");

const SERVICE = "Cloud Firestore";

const daily = (units: number) => ({ units, every: "day", sharedBy: "project", source: FREE }) as const;

export const FIRESTORE = {
  reads: price({
    id: "firestore/reads",
    service: SERVICE,
    unit: "document read",
    lot: 100_000,
    usd: { "us-west1": "0.03", "southamerica-east1": { usd: "0.045", source: SAO_PAULO } },
    source: OREGON,
    free: daily(50_000),
  }),
  writes: price({
    id: "firestore/writes",
    service: SERVICE,
    unit: "document write",
    lot: 100_000,
    usd: { "us-west1": "0.09", "southamerica-east1": { usd: "0.135", source: SAO_PAULO } },
    source: OREGON,
    free: daily(20_000),
  }),
  deletes: price({
    id: "firestore/deletes",
    service: SERVICE,
    unit: "document delete",
    lot: 100_000,
    usd: { "us-west1": "0.01", "southamerica-east1": { usd: "0.015", source: SAO_PAULO } },
    source: OREGON,
    free: daily(20_000),
  }),
  /** Documents that a TTL policy removes: of these none is free. */
  expiries: price({
    id: "firestore/expiries",
    service: SERVICE,
    unit: "document expiry",
    lot: 100_000,
    usd: { "us-west1": "0.01", "southamerica-east1": { usd: "0.015", source: SAO_PAULO } },
    source: { ...OREGON, note: "TTL deletes, which the page excludes from the free quota" },
  }),
  storage: price({
    id: "firestore/storage",
    service: SERVICE,
    unit: "GiB-month",
    lot: 1,
    usd: { "us-west1": "0.15", "southamerica-east1": { usd: ["0.18", "0.27"], source: SAO_PAULO } },
    source: OREGON,
    free: { units: 1, every: "month", sharedBy: "project", source: FREE },
  }),
  /** Seven days of earlier versions, for going back to a minute. */
  pointInTime: price({
    id: "firestore/point-in-time",
    service: SERVICE,
    unit: "GiB-month",
    lot: 1,
    usd: { "us-west1": ["0.15", "0.18"], "southamerica-east1": ["0.18", "0.27"] },
    source: unconfirmed(PAGE, "2026-11-23", "taken to cost what storage costs; no free quota"),
  }),
  backups: price({
    id: "firestore/backups",
    service: SERVICE,
    unit: "GiB-month",
    lot: 1,
    usd: { "us-west1": ["0.03", "0.05"], "southamerica-east1": ["0.03", "0.08"] },
    source: unconfirmed(PAGE, "2026-11-23", "as remembered; no free quota"),
  }),
  /** What browsers and phones read of the database directly. */
  egress: price({
    id: "firestore/egress",
    service: SERVICE,
    unit: "GiB",
    lot: 1,
    usd: "0.12",
    source: published("https://cloud.google.com/vpc/network-pricing", "2026-11-23", "premium tier, first TiB"),
    free: { units: 10, every: "month", sharedBy: "project", source: FREE },
  }),
} as const;
