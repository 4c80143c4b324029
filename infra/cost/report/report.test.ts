import { expect, test } from "vitest";
import { runProgram } from "../../testing.ts";
import { parseCsv } from "../actual/csv.ts";
import { estimate } from "../estimate.ts";
import { FACTORS } from "../sensitivity.ts";
import { PROFILES } from "../usage/profiles.ts";
import { reportCsv, reportJson } from "./formats.ts";
import { report } from "./report.ts";
import { reportText } from "./table.ts";

const settings = { customDomain: "omni.example.com", billingAccount: "000000-000000-000000" };
const { resources } = await runProgram({ settings });
const result = estimate(resources, PROFILES.specification);
const whole = report({ stack: "example", project: "example-project", resources, estimate: result });
const text = reportText(whole);

test("the header says of what, for whom, and with prices of when", () => {
  expect(text.split("\n")[0]).toBe(
    "Monthly cost of the stack example (project example-project, us-west1), in US dollars, 30 days",
  );
  expect(text).toContain("Profile specification: Section 10 of the specification");
  expect(text).toContain("Prices read from 2026-08 to 2026-11-26");
});

test("a resource's lines show quantity, unit, unit price and cost; usage has a star, an unconfirmed price a tilde", () => {
  const line = (component: string) => text.split("\n").find((row) => row.includes(` ${component} `));
  expect(line("CPU of API requests")).toMatch(
    /\* {3}CPU of API requests +90,000 {2}vCPU-second +\$0\.000024 +\$2\.16$/,
  );
  expect(line("reads")).toMatch(/\* {3}reads +1,500,000 {2}document read +\$0\.03 per 100,000 +\$0\.45$/);
  expect(line("job")).toMatch(/ {4}job +1 {2}job +\$0\.10 +\$0\.10$/);
  expect(line("policy")).toMatch(/ ~ {2}policy +1 {2}policy +\$5\.00 +\$5\.00$/);
});

test("the free tier is lines of its own, negative, with who shares it", () => {
  expect(text).toMatch(/Cloud Run +first 180,000 vCPU-seconds a month, by billing account +-\$4\.32/);
  expect(text).toMatch(/Cloud Firestore +first 50,000 document reads a day, by project +-\$0\.45/);
});

test("what could not be confirmed is listed with its page", () => {
  expect(text).toContain("Prices that nobody has confirmed:");
  expect(text).toMatch(/~ cloud-armor\/policies \$5\.00: .+ https:\/\/cloud\.google\.com\/armor\/pricing/);
});

test("the same stack at ten and a hundred times the traffic, and what 1000 messages cost", () => {
  expect(whole.sensitivity.map(({ factor }) => factor)).toEqual([...FACTORS]);
  const [once, ten, hundred] = whole.sensitivity;
  expect(once?.total).toEqual(result.totals.total);
  expect(ten?.total.high).toBeGreaterThan(once?.total.high ?? 0n);
  expect(hundred?.total.high).toBeGreaterThan(ten?.total.high ?? 0n);
  // 90 000 messages a month
  expect(whole.perThousandMessages.high).toBe((result.totals.total.high + 45n) / 90n);
});

test("every estimated resource bears the label that splits the bill, except of types that have no labels", () => {
  expect(whole.coverage.unlabelled).toEqual([
    "gcp:cloudscheduler/job:Job",
    "gcp:compute/backendService:BackendService",
    "gcp:firestore/database:Database",
    "gcp:identityplatform/config:Config",
    "gcp:logging/metric:Metric",
  ]);
  expect(text).toContain(`${resources.length} resources: ${whole.coverage.estimated} estimated, `);
  expect(text).toContain(", 0 unsupported");
});

test("what is unsupported is named in the report", () => {
  const strange = { type: "gcp:redis/instance:Instance", name: "cache", inputs: {} };
  const more = [...resources, strange];
  const shown = reportText(
    report({ stack: "example", project: "p", resources: more, estimate: estimate(more, PROFILES.specification) }),
  );
  expect(shown).toContain("1 unsupported\n  unsupported: cache (redis.Instance): no model in");
});

test("as JSON, money is whole millionths of a dollar", () => {
  const parsed = JSON.parse(reportJson(whole)) as typeof whole;
  expect(parsed.format).toBe("servio-cost/1");
  expect(parsed.lines.find(({ component }) => component === "reads")).toMatchObject({
    resource: "database",
    quantity: 1_500_000_000_000,
    gross: { low: 450_000, high: 450_000 },
    free: { low: 450_000, high: 450_000 },
    net: { low: 0, high: 0 },
  });
});

test("as CSV, each line is a row with its price's page", () => {
  const [header = [], ...rows] = parseCsv(reportCsv(whole));
  expect(rows).toHaveLength(whole.lines.length);
  const reads = rows.find((row) => row[header.indexOf("component")] === "reads") ?? [];
  expect(reads[header.indexOf("gross_high_micro_usd")]).toBe("450000");
  expect(reads[header.indexOf("price_page")]).toBe("https://cloud.google.com/firestore/pricing");
  expect(rows.some((row) => row[header.indexOf("component")] === "gemini-3.5-flash-lite, answers")).toBe(true);
});
