import { price, published, reported, unconfirmed } from "./price.ts";

/** Cloud Storage, data to the internet, and the load balancer with Cloud Armor. */

const STORAGE_PAGE = "https://cloud.google.com/storage/pricing";
const BALANCER_PAGE = "https://cloud.google.com/load-balancing/pricing";
const ARMOR_PAGE = "https://cloud.google.com/armor/pricing";
const ALWAYS_FREE = {
  every: "month",
  sharedBy: "billing account",
  regions: ["us-west1"],
  source: unconfirmed("https://cloud.google.com/free", "2026-11-23", "as remembered; three regions of the US only"),
} as const;

export const STORAGE = {
  standard: price({
    id: "storage/standard",
    service: "Cloud Storage",
    unit: "GB-month",
    lot: 1,
    usd: {
      "us-west1": "0.020",
      "southamerica-east1": { usd: "0.035", source: unconfirmed(STORAGE_PAGE, "2026-11-23", "as remembered") },
    },
    source: published(STORAGE_PAGE, "2026-11-23", "row Oregon"),
    free: { units: 5, ...ALWAYS_FREE },
  }),
  /** Writing and listing. */
  classA: price({
    id: "storage/class-a",
    service: "Cloud Storage",
    unit: "class A operation",
    lot: 1000,
    usd: "0.005",
    source: published("https://cloud.google.com/storage/pricing-examples", "2026-11-23"),
    free: { units: 5000, ...ALWAYS_FREE },
  }),
  /** Reading. */
  classB: price({
    id: "storage/class-b",
    service: "Cloud Storage",
    unit: "class B operation",
    lot: 1000,
    usd: "0.0004",
    source: published("https://cloud.google.com/storage/pricing-examples", "2026-11-23"),
    free: { units: 50_000, ...ALWAYS_FREE },
  }),
} as const;

export const NETWORK = {
  /** From Cloud Run to browsers, Meta and everyone else outside Google Cloud. */
  egress: price({
    id: "network/egress",
    service: "Networking",
    unit: "GiB",
    lot: 1,
    usd: {
      "us-west1": "0.12",
      "southamerica-east1": {
        usd: ["0.12", "0.19"],
        source: unconfirmed("https://cloud.google.com/vpc/network-pricing", "2026-11-23", "by destination"),
      },
    },
    source: reported("https://cloud.google.com/vpc/network-pricing", "2026-08", "by infracost's price list"),
    free: {
      units: 1,
      every: "month",
      sharedBy: "billing account",
      regions: ["us-west1"],
      source: published("https://cloud.google.com/run/pricing", "2026-11-23", "within North America"),
    },
  }),
  /** One price for up to five global forwarding rules together. */
  forwardingRules: price({
    id: "load-balancing/first-five-rules",
    service: "Networking",
    unit: "hour",
    lot: 1,
    usd: "0.025",
    source: published(BALANCER_PAGE, "2026-11-23", "the first five global forwarding rules together"),
  }),
  moreForwardingRules: price({
    id: "load-balancing/further-rules",
    service: "Networking",
    unit: "rule-hour",
    lot: 1,
    usd: "0.01",
    source: published(BALANCER_PAGE, "2026-11-23", "each after the fifth"),
  }),
  balanced: price({
    id: "load-balancing/data",
    service: "Networking",
    unit: "GiB",
    lot: 1,
    usd: {
      "us-west1": "0.008",
      "southamerica-east1": { usd: ["0.008", "0.012"], source: unconfirmed(BALANCER_PAGE, "2026-11-23") },
    },
    source: published(BALANCER_PAGE, "2026-11-23", "in and out alike"),
  }),
} as const;

const ARMOR_SOURCE = unconfirmed(ARMOR_PAGE, "2026-11-23", "Cloud Armor Standard, as remembered");

export const ARMOR = {
  policies: price({
    id: "cloud-armor/policies",
    service: "Networking",
    unit: "policy",
    lot: 1,
    usd: "5",
    source: ARMOR_SOURCE,
  }),
  rules: price({
    id: "cloud-armor/rules",
    service: "Networking",
    unit: "rule",
    lot: 1,
    usd: "1",
    source: ARMOR_SOURCE,
  }),
  requests: price({
    id: "cloud-armor/requests",
    service: "Networking",
    unit: "request",
    lot: 1_000_000,
    usd: "0.75",
    source: ARMOR_SOURCE,
  }),
} as const;
