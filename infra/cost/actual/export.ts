import * as z from "zod";
import { CostError } from "../errors.ts";
import { divide, type MicroUsd, parseDecimal } from "../money.ts";
import { parseCsv } from "./csv.ts";

/**
 * Google's billing export, as it comes out of the query in docs/cost.md: the documented columns of the standard usage cost
 * table, with `.` or `_` between the steps of a nested name, and the two repeated ones as JSON
 * (https://cloud.google.com/billing/docs/how-to/export-data-bigquery-tables/standard-usage).
 */

/** Sums are kept to this many decimal places, since an hour of a small service costs less than a millionth of a dollar. */
const PLACES = 15;
const TO_MICRO = 10n ** BigInt(PLACES - 6);

const REQUIRED = ["service_description", "sku_description", "usage_start_time", "cost", "currency"] as const;

const pairs = z.array(z.object({ key: z.string(), value: z.string().nullish() }));
const amounts = z.array(z.object({ amount: z.number() }));

/** All usage of one SKU under one label. */
export interface Billed {
  readonly service: string;
  readonly sku: string;
  /** The label `part`; none for what bears no label. */
  readonly part: string | undefined;
  /** Before credits. */
  readonly cost: MicroUsd;
  /** Negative. */
  readonly credits: MicroUsd;
  /** In millionths of the unit the SKU is priced in; none when the export does not say. */
  readonly usage: bigint | undefined;
}

export interface BillingExport {
  readonly billed: readonly Billed[];
  /** Days with usage. */
  readonly days: number;
}

/** @throws {CostError} when a column is missing, a value is none, or the currency is not the dollar. */
export function readBillingExport(csv: string): BillingExport {
  const [header = [], ...rows] = parseCsv(csv);
  const names = header.map((name) => name.trim().replaceAll(".", "_"));
  const missing = REQUIRED.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw new CostError(
      "cost_export_columns",
      `The export lacks ${missing.join(", ")}; it has ${names.join(", ") || "nothing"}. docs/cost.md has the query that exports them.`,
    );
  }
  const read = rows.map((row, index) => readRow(index + 2, (name) => row[names.indexOf(name)] ?? ""));
  const groups = Map.groupBy(read, ({ service, sku, part }) => JSON.stringify([service, sku, part]));
  return { billed: [...groups.values()].flatMap(sumOf), days: new Set(read.map(({ day }) => day)).size };
}

interface Row {
  readonly service: string;
  readonly sku: string;
  readonly part: string | undefined;
  readonly day: string;
  readonly cost: bigint;
  readonly credits: bigint;
  readonly usage: bigint | undefined;
}

function readRow(line: number, cell: (name: string) => string): Row {
  try {
    if (cell("currency") !== "USD") throw new Error(`currency ${cell("currency")}; prices are in USD`);
    const labels = pairs.parse(JSON.parse(cell("labels") || "[]"));
    const credits = amounts.parse(JSON.parse(cell("credits") || "[]"));
    const usage = cell("usage_amount_in_pricing_units");
    return {
      service: cell("service_description"),
      sku: cell("sku_description"),
      part: labels.find(({ key }) => key === "part")?.value ?? undefined,
      day: cell("usage_start_time").slice(0, 10),
      cost: parseDecimal(cell("cost"), PLACES),
      credits: credits.reduce((sum, { amount }) => sum + parseDecimal(String(amount), PLACES), 0n),
      usage: usage === "" ? undefined : parseDecimal(usage, PLACES),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CostError("cost_export_row", `Line ${line} of the export: ${reason}`);
  }
}

function sumOf(rows: readonly Row[]): Billed[] {
  const [first] = rows;
  if (!first) return [];
  const sum = (of: (row: Row) => bigint): bigint =>
    divide(
      rows.reduce((left, row) => left + of(row), 0n),
      TO_MICRO,
    );
  const { service, sku, part } = first;
  const used = rows.every(({ usage }) => usage !== undefined) ? sum(({ usage }) => usage ?? 0n) : undefined;
  return [{ service, sku, part, cost: sum(({ cost }) => cost), credits: sum(({ credits }) => credits), usage: used }];
}
