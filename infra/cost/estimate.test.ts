import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { runProgram } from "../testing.ts";
import { type Estimate, estimate } from "./estimate.ts";
import { add, dollars, spanText, subtract, total } from "./money.ts";
import { PROFILES } from "./usage/profiles.ts";
import { scaled } from "./usage/usage.ts";

/** The stack as it ships, in the shapes that its settings give it. */
const SHAPES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "with every default": {},
  "guarded, one of each kept warm": { dataProtection: "guarded", apiMinInstances: "1", webhookMinInstances: "1" },
  "behind a load balancer": { customDomain: "omni.example.com" },
  "with a budget": { billingAccount: "000000-000000-000000" },
  "in Brazil": { "gcp:region": "southamerica-east1" },
};

const { specification } = PROFILES;
const shipped = (await runProgram()).resources;
const plain = estimate(shipped, specification);

/** The monthly cost of one resource's component, before allowances. */
function gross(of: Estimate, resource: string, component: string): string {
  const lines = of.lines.filter((line) => line.resource === resource && line.component === component);
  return spanText(total(lines.map((line) => line.gross)));
}

describe.each(Object.entries(SHAPES))("%s", (_, settings) => {
  test("every resource is estimated, or free with a reason; the totals are the sum of the lines", async () => {
    const { resources } = await runProgram({ settings });
    const { coverage, lines, credits, totals } = estimate(resources, specification);
    expect(coverage.unsupported).toEqual([]);
    expect(coverage.estimated.length + coverage.free.length).toBe(resources.length);
    for (const { reason } of coverage.free) expect(reason).not.toBe("");
    expect(subtract(add(totals.baseline, totals.usage), totals.free)).toEqual(totals.total);
    expect(add(totals.google, totals.others)).toEqual(totals.total);
    expect(total(lines.map(({ net }) => net))).toEqual(totals.total);
    expect(total(credits.map(({ amount }) => amount))).toEqual(totals.free);
  });
});

test("the specification's profile costs what was worked out by hand", () => {
  expect({
    requests: gross(plain, "api", "CPU of API requests"),
    answers: gross(plain, "api", "CPU of answers"),
    scheduled: gross(plain, "api", "CPU of scheduled calls"),
    webhooks: gross(plain, "webhook", "CPU of webhooks"),
    reads: gross(plain, "database", "reads"),
    writes: gross(plain, "database", "writes"),
    storage: gross(plain, "database", "storage"),
    questions: gross(plain, "Gemini", "gemini-3.5-flash-lite, questions"),
    replies: gross(plain, "Gemini", "gemini-3.5-flash-lite, answers"),
    messages: gross(plain, "WhatsApp", "service messages, brazil"),
    mails: gross(plain, "SendGrid", "Essentials plan"),
  }).toEqual({
    requests: "$2.16", // 300 000 × 0.3 s × $0.000024
    answers: "$1.08", // 15 000 × 3 s × $0.000024
    scheduled: "$0.39", // (43 200 + 8640 + 2880) × 0.3 s × $0.000024
    webhooks: "$1.44", // 300 000 × 0.2 s × $0.000024
    reads: "$0.45", // 15 × $0.03
    writes: "$0.41", // 4.5 × $0.09, rounded
    storage: "$1.50", // 10 × $0.15
    questions: "$6.75", // 15 000 × 1500 × $0.30 / M
    replies: "$5.63", // 15 000 × 150 × $2.50 / M, rounded
    messages: "$51.00", // 7500 × $0.0068
    mails: "$19.95",
  });
  expect(spanText(plain.totals.total)).toBe("$79.07 to $108.14"); // 19 alert conditions and their evaluations free, or at $1.50 and $0.35
});

test("a warm instance of each adds 30 days of idle CPU and memory", async () => {
  const { resources } = await runProgram({ settings: { apiMinInstances: "1", webhookMinInstances: "1" } });
  const warm = estimate(resources, specification);
  // 2 × 2 592 000 s × ($0.0000025 + 0.5 × $0.0000025)
  expect(dollars(warm.totals.total.high - plain.totals.total.high)).toBe("$19.44");
  expect(dollars(warm.totals.baseline.high - plain.totals.baseline.high)).toBe("$19.44");
});

test("a CPU that is paid for day and night is seen", () => {
  const forgotten = shipped.map((resource) => {
    if (resource.type !== "gcp:cloudrunv2/service:Service") return resource;
    const template = { containers: [{ resources: { limits: { cpu: "1", memory: "512Mi" } } }] };
    return { ...resource, inputs: { ...resource.inputs, template } };
  });
  expect(gross(estimate(forgotten, specification), "api", "CPU, always allocated")).toBe("$46.66");
});

test("jobs that are paused still cost, and call nobody", async () => {
  const { resources } = await runProgram({ settings: { schedulesEnabled: "false" } });
  const paused = estimate(resources, specification);
  expect(gross(paused, "sweep", "job")).toBe("$0.10");
  expect(gross(paused, "api", "CPU of scheduled calls")).toBe("$0.00");
});

test("a resource that nobody has a model for is named, not dropped", () => {
  const strange = { type: "gcp:redis/instance:Instance", name: "cache", inputs: {} };
  expect(estimate([...shipped, strange], specification).coverage.unsupported).toEqual([
    { type: strange.type, resource: "cache", reason: "no model in infra/cost/resources/index.ts" },
  ]);
});

test("a model without a price is named, not counted as free", async () => {
  const { resources } = await runProgram({ settings: { geminiModel: "gemini-9-flash" } });
  const [unpriced, ...more] = estimate(resources, specification).coverage.unsupported;
  expect(more).toEqual([]);
  expect(unpriced).toMatchObject({ type: "external", resource: "Gemini" });
  expect(unpriced?.reason).toContain("no price for the model gemini-9-flash");
});

test("a region without prices is refused, with the ones there are", async () => {
  const { resources } = await runProgram({ settings: { "gcp:region": "europe-west1" } });
  expect(() => estimate(resources, specification)).toThrow("no prices for europe-west1; there are for us-west1");
});

property.prop([fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 1000 })])(
  "more traffic never costs less",
  (factor, more) => {
    const of = (times: number) => estimate(shipped, { ...specification, usage: scaled(specification.usage, times) });
    expect(of(factor + more).totals.total.high).toBeGreaterThanOrEqual(of(factor).totals.total.high);
  },
);

property.prop([fc.nat({ max: 200 })])("one resource more never costs less", (count) => {
  const job = { type: "gcp:cloudscheduler/job:Job", name: "more", inputs: { schedule: "0 0 * * *" } };
  const more = Array.from({ length: count }, () => job);
  expect(estimate([...shipped, ...more], specification).totals.total.high).toBeGreaterThanOrEqual(
    plain.totals.total.high,
  );
});
