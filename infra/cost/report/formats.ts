import { jsonMicro } from "../money.ts";
import type { Report } from "./report.ts";

/** The report as JSON. Amounts are whole millionths of a dollar, quantities whole millionths of their unit. */
export function reportJson(report: unknown): string {
  return `${JSON.stringify(report, (_, value: unknown) => (typeof value === "bigint" ? jsonMicro(value) : value), 2)}\n`;
}

const COLUMNS = [
  "stack",
  "region",
  "resource",
  "type",
  "part",
  "service",
  "component",
  "kind",
  "quantity_millionths",
  "unit",
  "unit_price",
  "gross_low_micro_usd",
  "gross_high_micro_usd",
  "free_low_micro_usd",
  "free_high_micro_usd",
  "net_low_micro_usd",
  "net_high_micro_usd",
  "certainty",
  "price_read",
  "price_page",
] as const;

/** One row a line, for a spreadsheet. */
export function reportCsv({ stack, region, lines }: Report): string {
  const rows = lines.map((line) => [
    stack,
    region,
    line.resource,
    line.type,
    line.part ?? "",
    line.service,
    line.component,
    line.kind,
    line.quantity,
    line.unit,
    line.unitPrice,
    line.gross.low,
    line.gross.high,
    line.free.low,
    line.free.high,
    line.net.low,
    line.net.high,
    line.source.certainty,
    line.source.read,
    line.source.page,
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.map((cell) => csvCell(String(cell))).join(",")}\n`).join("");
}

function csvCell(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
