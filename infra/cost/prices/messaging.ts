import { price, published, reported } from "./price.ts";

/** Pub/Sub, Cloud Scheduler and Secret Manager: the same in every region. */

const PUBSUB_PAGE = "https://cloud.google.com/pubsub/pricing";
const SCHEDULER_PAGE = "https://cloud.google.com/scheduler/pricing";
const SECRETS_PAGE = "https://cloud.google.com/secret-manager/pricing";

/** Bytes that a publish or a delivery counts for at least. */
export const PUBSUB_LEAST_BYTES = 1000;

export const PUBSUB = {
  throughput: price({
    id: "pubsub/throughput",
    service: "Cloud Pub/Sub",
    unit: "GiB",
    // The page prices a TiB.
    lot: 1024,
    usd: "40",
    source: published(PUBSUB_PAGE, "2026-11-23", "publishing and each delivery count, 1000 bytes at least"),
    free: { units: 10, every: "month", sharedBy: "billing account", source: published(PUBSUB_PAGE, "2026-11-23") },
  }),
} as const;

export const SCHEDULER = {
  jobs: price({
    id: "scheduler/jobs",
    service: "Cloud Scheduler",
    unit: "job",
    lot: 1,
    usd: "0.10",
    source: published(SCHEDULER_PAGE, "2026-11-23", "by the job, not by how often it runs; a paused one counts"),
    free: { units: 3, every: "month", sharedBy: "billing account", source: published(SCHEDULER_PAGE, "2026-11-23") },
  }),
} as const;

export const SECRETS = {
  versions: price({
    id: "secret-manager/versions",
    service: "Secret Manager",
    unit: "version-location",
    lot: 1,
    usd: "0.06",
    source: published(SECRETS_PAGE, "2026-11-23", "enabled or disabled; each location of a version counts"),
    free: { units: 6, every: "month", sharedBy: "billing account", source: published(SECRETS_PAGE, "2026-11-23") },
  }),
  accesses: price({
    id: "secret-manager/accesses",
    service: "Secret Manager",
    unit: "access",
    lot: 10_000,
    usd: "0.03",
    source: published(SECRETS_PAGE, "2026-11-23"),
    free: {
      units: 10_000,
      every: "month",
      sharedBy: "billing account",
      source: published(SECRETS_PAGE, "2026-11-23"),
    },
  }),
} as const;

export const BUILDS = {
  minutes: price({
    id: "cloud-build/minutes",
    service: "Cloud Build",
    unit: "build minute",
    lot: 1,
    usd: "0.006",
    source: reported(
      "https://cloud.google.com/build/pricing",
      "2026-09",
      "quoted by several readers: e2-standard-2 in the default pool, since 1 November 2025",
    ),
    free: {
      units: 2500,
      every: "month",
      sharedBy: "billing account",
      source: reported("https://cloud.google.com/build/pricing", "2026-09"),
    },
  }),
  images: price({
    id: "artifact-registry/storage",
    service: "Artifact Registry",
    unit: "GB-month",
    lot: 1,
    usd: "0.10",
    source: reported("https://cloud.google.com/artifact-registry/pricing", "2026-08", "by infracost's price list"),
    free: {
      units: 0.5,
      every: "month",
      sharedBy: "billing account",
      source: reported("https://cloud.google.com/artifact-registry/pricing", "2026-08", "by infracost's price list"),
    },
  }),
} as const;

export const SIGN_IN = {
  users: price({
    id: "identity-platform/users",
    service: "Identity Platform",
    unit: "monthly active user",
    lot: 1,
    usd: "0.0055",
    source: published(
      "https://cloud.google.com/identity-platform/pricing",
      "2026-11-23",
      "from a copy of 2021; cheaper from 100 000 users on, which is not counted",
    ),
    free: {
      units: 50_000,
      every: "month",
      sharedBy: "project",
      source: published("https://cloud.google.com/identity-platform/pricing", "2026-11-23", "from a copy of 2021"),
    },
  }),
} as const;
