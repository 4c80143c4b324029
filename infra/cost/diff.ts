import * as z from "zod";
import { CostError } from "./errors.ts";
import { divide, dollars, type MicroUsd, type Span, spanText } from "./money.ts";
import type { Report } from "./report/report.ts";
import { shortType, table } from "./report/text.ts";

/** What changed between two estimates, resource by resource. */
export interface Change {
  readonly sign: "+" | "-" | "~";
  readonly what: string;
  readonly before: Span;
  readonly after: Span;
  /** Of the high ends. */
  readonly by: MicroUsd;
}

export interface Difference {
  /** The largest first. */
  readonly changes: readonly Change[];
  readonly before: Span;
  readonly after: Span;
}

const micro = z.number().int().transform(BigInt);
const span = z.object({ low: micro, high: micro });

const baselineSchema = z.object({
  format: z.literal("servio-cost/1"),
  stack: z.string(),
  totals: z.object({ total: span, google: span }),
  lines: z.array(z.object({ resource: z.string(), type: z.string(), component: z.string(), gross: span })),
  freeTier: z.array(z.object({ service: z.string(), what: z.string(), amount: span })),
});

/** An estimate that was saved with `--json`: the part that another is compared with. */
export type Baseline = z.output<typeof baselineSchema>;

/** @throws {CostError} for anything but a saved estimate. */
export function readBaseline(text: string): Baseline {
  const parsed = baselineSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new CostError(
    "cost_baseline_invalid",
    `The baseline is not a saved estimate (${z.prettifyError(parsed.error)}). Save one with: npm run --silent cost -- --json > baseline.json`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CostError("cost_baseline_invalid", `The baseline is not JSON: ${String(error)}`);
  }
}

/** Compares what is charged before allowances, and the allowances by themselves: an allowance shared by many would else seem to change each of them. */
export function difference(before: Baseline, after: Pick<Report, "lines" | "freeTier" | "totals">): Difference {
  const [old, now] = [charges(before), charges(after)];
  const changes = [...new Set([...old.keys(), ...now.keys()])].flatMap((what): Change[] => {
    const [was, is] = [old.get(what), now.get(what)];
    const change = { what, before: was ?? ZERO, after: is ?? ZERO, by: (is ?? ZERO).high - (was ?? ZERO).high };
    if (change.by === 0n && change.before.low === change.after.low) return [];
    return [{ sign: was === undefined ? "+" : is === undefined ? "-" : "~", ...change }];
  });
  changes.sort((left, right) => (size(right.by) > size(left.by) ? 1 : size(right.by) < size(left.by) ? -1 : 0));
  return { changes, before: before.totals.total, after: after.totals.total };
}

const ZERO: Span = { low: 0n, high: 0n };

function charges({ lines, freeTier }: Pick<Report | Baseline, "lines" | "freeTier">): ReadonlyMap<string, Span> {
  return new Map([
    ...lines
      .filter(({ gross }) => gross.high > 0n)
      .map(
        ({ resource, type, component, gross }) => [`${resource} (${shortType(type)}), ${component}`, gross] as const,
      ),
    ...freeTier.map(
      ({ service, what, amount }) =>
        [`free tier, ${service}: ${what}`, { low: -amount.low, high: -amount.high }] as const,
    ),
  ]);
}

/** The change as one sentence and a table. */
export function differenceText({ changes, before, after }: Difference): string {
  const by = after.high - before.high;
  const sentence =
    by === 0n
      ? `The monthly estimate stays at ${spanText(after)}.`
      : `The monthly estimate ${by > 0n ? "rises" : "falls"} by ${dollars(size(by))} (${percentText(by, before.high)}), from ${spanText(before)} to ${spanText(after)}.`;
  if (changes.length === 0) return sentence;
  const rows = changes.map((change) => [
    change.sign,
    change.what,
    spanText(change.before),
    spanText(change.after),
    `${change.by > 0n ? "+" : ""}${dollars(change.by)}`,
  ]);
  const columns = [
    { title: "" },
    { title: "changed" },
    { title: "before", right: true },
    { title: "after", right: true },
    { title: "by", right: true },
  ];
  return [sentence, "", ...table(columns, rows)].join("\n");
}

/** A change as a part of what it changes: `+24.6 %`. */
export function percentText(by: MicroUsd, of: MicroUsd): string {
  if (of === 0n) return "from nothing";
  const tenths = divide(by * 1000n, of);
  const digits = String(size(tenths)).padStart(2, "0");
  return `${tenths < 0n ? "-" : "+"}${digits.slice(0, -1)}.${digits.slice(-1)} %`;
}

function size(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}
