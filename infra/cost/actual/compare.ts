import { type Estimate, EXTERNAL, type Line } from "../estimate.ts";
import { divide, dollars, type MicroUsd, quantityText, type Span, total } from "../money.ts";
import { DAYS } from "../resources/index.ts";
import type { Billed, BillingExport } from "./export.ts";
import { serviceOf, skuOf } from "./skus.ts";

/** One service under one label: what was expected of the days that the bill covers, and what came. */
export interface ActualRow {
  readonly service: string;
  readonly part: string | undefined;
  readonly estimate: Span;
  /** After credits. */
  readonly actual: MicroUsd;
  /** What is beyond the estimate's high end, or, negative, below its low end. */
  readonly difference: MicroUsd;
  /** What explains it, the most telling first; empty where there is nothing to explain. */
  readonly explanations: readonly string[];
}

export interface ActualReport {
  readonly days: number;
  /** The largest difference first. */
  readonly rows: readonly ActualRow[];
  readonly estimate: Span;
  readonly actual: MicroUsd;
}

/** Differences of less than this need no explanation. */
const NEGLIGIBLE = 10_000n;

/** Google's bill beside the estimate. What others bill is left out. */
export function compareActual(estimate: Estimate, { billed, days }: BillingExport): ActualReport {
  const lines = estimate.lines.filter(({ type, price }) => type !== EXTERNAL || price.service === "Gemini API");
  const bill = billed.map((item) => ({ ...item, service: serviceOf(item.service, item.sku) }));
  const keys = new Map<string, { service: string; part: string | undefined }>();
  for (const { price, part } of lines) keys.set(keyOf(price.service, part), { service: price.service, part });
  for (const { service, part } of bill) keys.set(keyOf(service, part), { service, part });
  const rows = [...keys.values()].map(({ service, part }) => {
    const expected = lines.filter((line) => line.price.service === service && line.part === part);
    const came = bill.filter((item) => item.service === service && item.part === part);
    return rowOf({ service, part, expected, came, bill, days });
  });
  const seen = rows.filter(({ estimate: { high }, actual }) => high >= NEGLIGIBLE / 2n || actual !== 0n);
  seen.sort((left, right) => Number(size(right.difference) - size(left.difference)));
  return { days, rows: seen, estimate: total(rows.map((row) => row.estimate)), actual: sum(rows, (row) => row.actual) };
}

interface Pair {
  readonly service: string;
  readonly part: string | undefined;
  readonly expected: readonly Line[];
  readonly came: readonly Billed[];
  readonly bill: readonly Billed[];
  readonly days: number;
}

function rowOf(pair: Pair): ActualRow {
  const { service, part, expected, came, days } = pair;
  const month = total(expected.map((line) => line.net));
  const estimate = { low: ofDays(month.low, days), high: ofDays(month.high, days) };
  const actual = sum(came, ({ cost, credits }) => cost + credits);
  const beyond = actual > estimate.high ? actual - estimate.high : actual < estimate.low ? actual - estimate.low : 0n;
  const explanations = size(beyond) < NEGLIGIBLE ? [] : explain(pair, actual);
  return { service, part, estimate, actual, difference: beyond, explanations };
}

function explain({ service, part, expected, came, bill, days }: Pair, actual: MicroUsd): string[] {
  if (expected.length === 0) {
    const skus = [...new Set(came.map(({ sku }) => sku))].sort().join(", ");
    return [`not estimated under this label: ${skus}`];
  }
  if (came.length === 0) {
    const elsewhere = bill.some((item) => item.service === service && item.part === undefined && part !== undefined);
    return [
      elsewhere
        ? "the bill has this service without the label"
        : "nothing of it is billed: within a free tier, or not used",
    ];
  }
  const found = came.flatMap((item) => volume(item, expected, days));
  const credits = sum(came, (item) => item.credits);
  if (credits !== 0n) found.push(`credits of ${dollars(credits)}, free tiers and discounts together`);
  if (found.length > 0) return found;
  const known = came.some(({ usage }) => usage !== undefined);
  const strange = [...new Set(came.filter(({ sku }) => !skuOf(service, sku)).map(({ sku }) => sku))].sort();
  if (known && strange.length > 0)
    return [`quantities that the estimate cannot be held against: ${strange.join(", ")}`];
  return [
    known
      ? `as much was used as estimated, at another price, or a free tier is shared with other projects: ${dollars(actual)}`
      : "the export names no quantities (usage.amount_in_pricing_units)",
  ];
}

/** Says when a SKU was used a tenth more or less than estimated. */
function volume({ service, sku, usage }: Billed, expected: readonly Line[], days: number): string[] {
  const known = skuOf(service, sku);
  if (!known || usage === undefined) return [];
  const lines = expected.filter(({ price }) => known.prices.includes(price.id));
  const foreseen = ofDays(
    sum(lines, ({ quantity }) => quantity),
    days,
  );
  const used = usage * BigInt(known.units ?? 1);
  const [unit = ""] = lines.map(({ price }) => price.unit);
  if (foreseen === 0n) return used === 0n ? [] : [`${sku}: ${quantityText(used)} used, none estimated`];
  const percent = divide(used * 100n, foreseen);
  if (percent >= 90n && percent <= 110n) return [];
  return [`${sku}: ${quantityText(used)} ${unit}s, ${percent} % of the ${quantityText(foreseen)} estimated`];
}

function ofDays(amount: bigint, days: number): bigint {
  return divide(amount * BigInt(days), BigInt(DAYS));
}

function keyOf(service: string, part: string | undefined): string {
  return `${service}\n${part ?? ""}`;
}

function sum<T>(items: readonly T[], of: (item: T) => bigint): bigint {
  return items.reduce((left, item) => left + of(item), 0n);
}

function size(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}
