import { divide, type Rate } from "../money.ts";
import type { Price, Region } from "../prices/index.ts";

/** How many digits of a price are shown: Cloud Run's reach seven behind the point. */
const DIGITS = 8;

/** A price as its page writes it: `$0.03 per 100,000`, with both ends where it is uncertain. */
export function rateText(price: Price, region: Region): string {
  const { low, high } = price.regions[region];
  const [least, most] = [decimal(low, price.lot), decimal(high, price.lot)];
  const figure = least === most ? `$${least}` : `$${least} to $${most}`;
  return price.lot === 1 ? figure : `${figure} per ${price.lot.toLocaleString("en-US")}`;
}

function decimal({ micro, per }: Rate, lot: number): string {
  const scaled = String(divide(micro * BigInt(lot) * 10n ** BigInt(DIGITS), per)).padStart(DIGITS + 1, "0");
  const [whole, fraction] = [scaled.slice(0, -DIGITS), scaled.slice(-DIGITS).replace(/0+$/, "")];
  return fraction.length > 2 ? `${whole}.${fraction}` : `${whole}.${fraction.padEnd(2, "0")}`;
}

export interface Column {
  readonly title: string;
  readonly right?: boolean;
}

/** Columns as wide as what they hold. Nothing is cut. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const titles = columns.map(({ title }) => title);
  const widths = columns.map((_, index) => Math.max(...[titles, ...rows].map((row) => row[index]?.length ?? 0)));
  const written = (row: readonly string[]): string =>
    columns
      .map(({ right }, index) =>
        right ? (row[index] ?? "").padStart(widths[index] ?? 0) : (row[index] ?? "").padEnd(widths[index] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return [written(titles), written(widths.map((width) => "─".repeat(width))), ...rows.map(written)];
}

/** Words in lines of at most `width` characters, each behind `indent`. */
export function wrapped(text: string, width: number, indent = ""): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(indent + word);
  }
  return lines;
}

/** A resource type without what all of them share: `gcp:cloudrunv2/service:Service` is `cloudrunv2.Service`. */
export function shortType(type: string): string {
  const [, module, name] = /^gcp:(\w+)\/\w+:(\w+)$/.exec(type) ?? [];
  return module === undefined || name === undefined ? type : `${module}.${name}`;
}
