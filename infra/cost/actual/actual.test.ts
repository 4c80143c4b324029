import { expect, test } from "vitest";
import { runProgram } from "../../testing.ts";
import { estimate } from "../estimate.ts";
import { PROFILES } from "../usage/profiles.ts";
import { compareActual } from "./compare.ts";
import { parseCsv } from "./csv.ts";
import { readBillingExport } from "./export.ts";
import { actualText } from "./text.ts";

const { resources } = await runProgram();
const month = estimate(resources, PROFILES.specification);

const HEADER =
  "service.description,sku.description,usage_start_time,project.id,labels,cost,credits,currency,usage.amount_in_pricing_units,usage.pricing_unit";

interface ExampleRow {
  readonly service: string;
  readonly sku: string;
  readonly part?: string;
  readonly day?: number;
  readonly cost: string;
  readonly credit?: number;
  readonly usage?: string;
}

/** An example of an export; no bill of anybody's. */
function exported(rows: readonly ExampleRow[]): string {
  const quoted = (value: unknown): string => `"${JSON.stringify(value).replaceAll('"', '""')}"`;
  const lines = rows.map(({ service, sku, part, day = 1, cost, credit, usage = "" }) =>
    [
      service,
      sku,
      `2026-11-${String(day).padStart(2, "0")} 08:00:00 UTC`,
      "example-project",
      quoted(part ? [{ key: "part", value: part }] : []),
      cost,
      quoted(credit ? [{ name: "Example credit", amount: credit, type: "PROMOTION" }] : []),
      "USD",
      usage,
      "count",
    ].join(","),
  );
  return `${[HEADER, ...lines].join("\r\n")}\r\n`;
}

/** Rows on each of 30 days, so that the whole month is compared. */
function wholeMonth(row: ExampleRow): ExampleRow[] {
  return Array.from({ length: 30 }, (_, day) => ({ ...row, day: day + 1 }));
}

function rowOf(rows: readonly ExampleRow[], service: string, part?: string) {
  const { rows: compared } = compareActual(month, readBillingExport(exported(rows)));
  const found = compared.find((row) => row.service === service && row.part === part);
  if (found) return found;
  throw new Error(`no row for ${service} ${part}`);
}

test("a bill that comes as estimated needs no explanation", () => {
  const cpu = { service: "Cloud Run", sku: "Services CPU (Request-based billing)", part: "webhook", usage: "2000" };
  // $0.2145 of CPU beyond the free tier, in thirty parts.
  const row = rowOf(wholeMonth({ ...cpu, cost: "0.00715" }), "Cloud Run", "webhook");
  expect(row).toMatchObject({ actual: 214_500n, explanations: [] });
});

test("more use is told in units, and in percent of what was estimated", () => {
  const reads = { service: "App Engine", sku: "Cloud Firestore Read Ops Oregon", usage: "200000", cost: "0.06" };
  const row = rowOf(wholeMonth(reads), "Cloud Firestore");
  expect(row.actual).toBe(1_800_000n);
  expect(row.explanations).toEqual([
    "Cloud Firestore Read Ops Oregon: 6,000,000 document reads, 400 % of the 1,500,000 estimated",
  ]);
});

test("a part of a month is compared with as many days of the estimate", () => {
  const row = rowOf(
    [{ service: "Gemini API", sku: "Example input tokens", cost: "0.45", usage: "750000" }],
    "Gemini API",
  );
  // $12.375 a month, of which one day.
  expect(row.estimate).toEqual({ low: 412_500n, high: 412_500n });
  expect(row.difference).toBe(37_500n);
});

test("credits are taken off, and named where they explain", () => {
  const [row] = compareActual(
    month,
    readBillingExport(exported([{ service: "Gemini API", sku: "Example tokens", cost: "20", credit: -19.5 }])),
  ).rows;
  expect(row).toMatchObject({ service: "Gemini API", actual: 500_000n });
  expect(row?.explanations).toContain("credits of -$19.50, free tiers and discounts together");
});

test("a service that nobody estimated is named with its SKUs", () => {
  const row = rowOf([{ service: "BigQuery", sku: "Analysis", cost: "3.2" }], "BigQuery");
  expect(row).toMatchObject({ estimate: { low: 0n, high: 0n }, difference: 3_200_000n });
  expect(row.explanations).toEqual(["not estimated under this label: Analysis"]);
});

test("a bill without the label is told from one without the service", () => {
  const unlabelled = wholeMonth({ service: "Cloud Run", sku: "Services CPU", cost: "0.02" });
  expect(rowOf(unlabelled, "Cloud Run", "api").explanations).toEqual(["the bill has this service without the label"]);
  const other = wholeMonth({ service: "BigQuery", sku: "Analysis", cost: "0.02" });
  expect(rowOf(other, "Cloud Run", "api").explanations).toEqual([
    "nothing of it is billed: within a free tier, or not used",
  ]);
});

test("thousands of rows of less than a millionth add up", () => {
  const tiny = Array.from({ length: 4000 }, () => ({ service: "Gemini API", sku: "Example", cost: "2.5E-7" }));
  expect(compareActual(month, readBillingExport(exported(tiny))).actual).toBe(1000n);
});

test("what others bill is left out of the comparison with Google's bill", () => {
  const services = compareActual(month, readBillingExport(exported([]))).rows.map(({ service }) => service);
  expect(services).not.toContain("WhatsApp");
  expect(services).not.toContain("SendGrid");
});

test("the text shows each service and label, with what explains it below", () => {
  const rows = wholeMonth({ service: "Gemini API", sku: "Example input tokens", cost: "0.9", usage: "1" });
  const text = actualText(compareActual(month, readBillingExport(exported(rows))));
  expect(text).toMatch(
    /^30 days of Google's bill: \$27\.00, against \$\d+\.\d\d to \$\d+\.\d\d estimated for as many days\n/,
  );
  expect(text).toMatch(/Gemini API +\(no label\) +\$12\.38 +\$27\.00 +\+\$14\.63/);
});

test("names of columns may have points or underscores", () => {
  const csv = exported([{ service: "BigQuery", sku: "Analysis", cost: "1" }]);
  expect(readBillingExport(csv.replaceAll("service.description", "service_description"))).toEqual(
    readBillingExport(csv),
  );
});

test("a column that is missing is named, with where to find the query", () => {
  expect(() => readBillingExport("service.description,cost\nBigQuery,1\n")).toThrow(
    "The export lacks sku_description, usage_start_time, currency; it has service_description, cost. docs/cost.md",
  );
  expect(() => readBillingExport("")).toThrow("it has nothing");
});

test.each([
  ["another currency", "USD", "BRL", "Line 2 of the export: currency BRL"],
  ["a cost that is none", ",1,", ",much,", "Line 2 of the export: not an amount"],
])("%s is refused with its line", (_, from, to, complaint) => {
  const csv = exported([{ service: "BigQuery", sku: "Analysis", cost: "1" }]);
  expect(() => readBillingExport(csv.replace(from, to))).toThrow(complaint);
});

test("quoted fields hold commas, quotes and line ends", () => {
  expect(parseCsv('\uFEFFa,"b,""c""\nd"\r\n\r\ne,f')).toEqual([
    ["a", 'b,"c"\nd'],
    ["e", "f"],
  ]);
});
