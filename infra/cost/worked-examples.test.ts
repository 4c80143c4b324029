import { expect, test } from "vitest";
import { estimate } from "./estimate.ts";
import { applyFreeTier, type Charged } from "./free-tier.ts";
import { charge, dollars, quantity, spanText, total } from "./money.ts";
import {
  BUILDS,
  CLOUD_RUN,
  FIRESTORE,
  NETWORK,
  OBSERVABILITY,
  type Price,
  PUBSUB,
  SCHEDULER,
  SECRETS,
  STORAGE,
} from "./prices/index.ts";
import { price } from "./prices/price.ts";
import type { Resource } from "./resource.ts";
import { type External, externals } from "./resources/external.ts";
import { instanceDemands } from "./resources/instances.ts";
import type { Context } from "./resources/model.ts";
import { PROFILES } from "./usage/profiles.ts";
import type { Usage } from "./usage/usage.ts";

/** The examples that price pages work through themselves, to the cent. Where a page is older, it brings its own prices. */

function charged(listed: Price, units: number | bigint, denominator = 1): Charged {
  const { low, high } = listed.regions["us-west1"];
  const amount = quantity(units, denominator);
  return { price: listed, gross: { low: charge(low, amount), high: charge(high, amount) } };
}

function gross(...lines: readonly Charged[]): string {
  return dollars(total(lines.map((line) => line.gross)).high);
}

function net(...lines: readonly Charged[]): string {
  return dollars(total(applyFreeTier(lines, "us-west1").lines.map((line) => line.net)).high);
}

/** The same thing at the price that a page gave when its example was written. */
function atPrice(listed: Price, usd: string): Price {
  return price({ ...listed, usd });
}

// https://firebase.google.com/docs/firestore/pricing, as quoted in May 2018, multi-region.
test("Firestore: 100 GiB, 100 M reads, 50 M writes and 5 M deletes are $166.72", () => {
  const storage = charged(atPrice(FIRESTORE.storage, "0.18"), 100);
  const reads = charged(atPrice(FIRESTORE.reads, "0.06"), 100_000_000);
  const writes = charged(atPrice(FIRESTORE.writes, "0.18"), 50_000_000);
  const deletes = charged(atPrice(FIRESTORE.deletes, "0.02"), 5_000_000);
  expect([storage, reads, writes, deletes].map((line) => net(line))).toEqual(["$17.82", "$59.10", "$88.92", "$0.88"]);
  expect(net(storage, reads, writes, deletes)).toBe("$166.72");
});

// https://cloud.google.com/storage/pricing-examples, simple example ("assuming no always free discounts apply").
test("Cloud Storage: 50 GB, 10 000 class A, 50 000 class B and 1 GB out are $1.19", () => {
  const lines = [
    charged(STORAGE.standard, 50),
    charged(STORAGE.classA, 10_000),
    charged(STORAGE.classB, 50_000),
    charged(NETWORK.egress, 1),
  ];
  expect(lines.map((line) => gross(line))).toEqual(["$1.00", "$0.05", "$0.02", "$0.12"]);
  expect(gross(...lines)).toBe("$1.19");
});

// https://cloud.google.com/pubsub/pricing, before June 2019, at $60 a TiB.
test("Pub/Sub: 3 MiB a second for 30 days, beyond 10 GiB, are $444.36", () => {
  const price2019 = price({ ...PUBSUB.throughput, usd: "60" });
  expect(net(charged(price2019, 3 * 2_592_000, 1024))).toBe("$444.36");
});

// https://cloud.google.com/pubsub/pricing, table "Pricing examples": 2.5 TiB in, 2.5 or 5 TiB out.
test("Pub/Sub: 5 TiB are $200, 7.5 TiB are $300", () => {
  expect(gross(charged(PUBSUB.throughput, 5 * 1024))).toBe("$200.00");
  expect(gross(charged(PUBSUB.throughput, 7.5 * 1024))).toBe("$300.00");
});

// https://cloud.google.com/scheduler/pricing: an account with 5 projects of 2 jobs pays for 7.
test("Cloud Scheduler: 10 jobs of one billing account are $0.70", () => {
  expect(net(charged(SCHEDULER.jobs, 10))).toBe("$0.70");
});

// https://cloud.google.com/secret-manager/pricing: 25 000 accesses are billed as 2.5 times 10 000.
test("Secret Manager: 25 000 accesses are 2.5 × $0.03", () => {
  expect(charged(SECRETS.accesses, 25_000).gross.high).toBe(75_000n);
});

// https://cloud.google.com/monitoring/alerts/cost-control, examples 1 and 2, at $1.50 a condition.
test("Alerting: one condition over 100 series is $4.52, 100 conditions over one each are $153.02", () => {
  const evaluations = 86_400 * 100;
  expect(gross(charged(OBSERVABILITY.conditions, 1), charged(OBSERVABILITY.returnedSeries, evaluations))).toBe("$4.52");
  expect(gross(charged(OBSERVABILITY.conditions, 100), charged(OBSERVABILITY.returnedSeries, evaluations))).toBe(
    "$153.02",
  );
});

// Google's calculator, as quoted with its link: 6000 MiB beyond the 150 that are free.
// https://cloud.google.com/products/calculator/#id=096d19d3-e932-4030-b7e4-55d2dc55bd50
test("Monitoring: 6150 MiB of metrics are $1548.00", () => {
  expect(net(charged(OBSERVABILITY.metrics, 6150))).toBe("$1,548.00");
});

/** These pages have a table of prices and no example; worked by hand from the table, through the estimator's formulas. */

test("Logging: 60 GiB are 10 beyond what is free, at $0.50", () => {
  expect(net(charged(OBSERVABILITY.logs, 60))).toBe("$5.00");
});

test("Uptime checks: ten from three places each minute are 296 000 executions beyond the million", () => {
  const check = {
    type: "gcp:monitoring/uptimeCheckConfig:UptimeCheckConfig",
    inputs: { period: "60s", selectedRegions: ["USA", "EUROPE", "SOUTH_AMERICA"] },
  };
  const resources = Array.from({ length: 10 }, (_, index) => ({ ...check, name: `check-${index}` }));
  const { lines } = estimate(resources, PROFILES.specification);
  const spent = lines.filter(({ type }) => type === check.type).map((line) => line.net);
  expect(spanText(total(spent))).toBe("$88.80"); // 296 × $0.30
});

/** What is paid to others in a month, with some of the specification's profile replaced. */
function outside(name: External["name"], change: Partial<Usage>, resources: readonly Resource[] = []): string {
  const context: Context = { region: "us-west1", usage: { ...PROFILES.specification.usage, ...change }, resources };
  const demands = externals(context).find((external) => external.name === name)?.demands ?? [];
  return net(...demands.map((demand) => charged(demand.price, demand.quantity, 1_000_000)));
}

test("Gemini 3.5 Flash-Lite: a thousand answers a day of 1000 and 100 tokens are 30 and 3 million", () => {
  const usage = { repliesPerDay: 1000, geminiInputTokens: 1000, geminiOutputTokens: 100 };
  expect(outside("Gemini", usage)).toBe("$16.50"); // 30 × $0.30 + 3 × $2.50
});

test("WhatsApp in Brazil: 3000 service messages are 2000 beyond the free ones, 300 templates are all paid", () => {
  const usage = { repliesPerDay: 100, whatsappPercent: 100, whatsappTemplatesPerDay: 10 };
  expect(outside("WhatsApp", usage)).toBe("$15.64"); // 2300 × $0.0068
});

test("SendGrid Essentials: 60 000 e-mails are 10 000 beyond the plan", () => {
  expect(outside("SendGrid", { emailsPerDay: 2000 })).toBe("$32.95"); // $19.95 + 10 000 × $0.0013
});

test("Cloud Build: 3000 minutes are 500 beyond the free ones, at $0.006", () => {
  expect(net(charged(BUILDS.minutes, 3000))).toBe("$3.00");
});

/** Cloud Run's page works no example through; these are worked by hand from its prices. */
const INSTANCE = { milliCpus: 1000, mebibytes: 512, warm: 0, alwaysOn: false };

function instanceCost(instance: typeof INSTANCE, seconds: number, calls: number): string {
  const demands = instanceDemands(instance, [{ of: "calls", callsPerMonth: calls, milliseconds: seconds * 1000 }]);
  return net(...demands.map((demand) => charged(demand.price, demand.quantity, 1_000_000)));
}

test("Cloud Run: 300 000 calls of 3 s are (900 − 180) k vCPU-s and (450 − 360) k GiB-s", () => {
  expect(instanceCost(INSTANCE, 3, 300_000)).toBe("$17.51");
});

test("Cloud Run: a warm instance of 1 vCPU and 512 MiB is 2 592 000 idle seconds", () => {
  expect(instanceCost({ ...INSTANCE, warm: 1 }, 3, 0)).toBe("$9.72");
  expect(CLOUD_RUN.idleCpu.free).toBeUndefined();
});

test("Cloud Run: a CPU that is always allocated is paid for day and night, beyond 240 k and 450 k seconds", () => {
  // 2 352 000 × $0.000018 + 846 000 × $0.000002
  expect(instanceCost({ ...INSTANCE, alwaysOn: true }, 3, 0)).toBe("$44.03");
});
