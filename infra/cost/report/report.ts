import { type Compared, comparison } from "../comparison.ts";
import type { Coverage, Estimate, Totals } from "../estimate.ts";
import type { Quantity, Span } from "../money.ts";
import { type Certainty, PRICES, type Price, type Region, readBetween } from "../prices/index.ts";
import { partOf, type Resource } from "../resource.ts";
import { DAYS } from "../resources/index.ts";
import { perThousand, type Sensitivity, sensitivity } from "../sensitivity.ts";
import type { Usage } from "../usage/usage.ts";
import { rateText } from "./text.ts";

/** Everything the report says, as data: the table, the JSON and the CSV are three ways to write it. */
export interface Report {
  readonly format: "servio-cost/1";
  readonly stack: string;
  readonly project: string;
  readonly region: Region;
  readonly currency: "USD";
  readonly days: number;
  readonly profile: { readonly name: string; readonly description: string; readonly usage: Usage };
  /** The days on which the prices that are used were read. */
  readonly pricesRead: { readonly from: string; readonly to: string };
  readonly lines: readonly ReportLine[];
  readonly freeTier: readonly FreeTierLine[];
  readonly totals: Totals;
  readonly perThousandMessages: Span;
  readonly sensitivity: readonly Sensitivity[];
  readonly comparison: readonly Compared[];
  readonly coverage: {
    readonly resources: number;
    readonly estimated: number;
    readonly free: Coverage["free"];
    readonly unsupported: Coverage["unsupported"];
    /** Estimated resources that bear the label `part`, by which a bill is split, and those whose type has no labels. */
    readonly labelled: number;
    readonly unlabelled: readonly string[];
  };
}

export interface ReportLine {
  readonly resource: string;
  readonly type: string;
  readonly part: string | undefined;
  readonly service: string;
  readonly component: string;
  readonly kind: "baseline" | "usage";
  readonly quantity: Quantity;
  readonly unit: string;
  readonly price: string;
  readonly unitPrice: string;
  readonly gross: Span;
  readonly free: Span;
  readonly net: Span;
  readonly source: {
    readonly page: string;
    readonly read: string;
    readonly certainty: Certainty;
    readonly note?: string;
  };
}

export interface FreeTierLine {
  readonly price: string;
  readonly service: string;
  readonly what: string;
  /** What is taken off, as a positive amount. */
  readonly amount: Span;
}

export interface ReportOf {
  readonly stack: string;
  readonly project: string;
  readonly resources: readonly Resource[];
  readonly estimate: Estimate;
}

export function report({ stack, project, resources, estimate }: ReportOf): Report {
  const { region, profile, lines, credits, coverage, totals } = estimate;
  const used = new Set(lines.filter(({ quantity }) => quantity > 0n).map(({ price }) => price));
  const unlabelled = coverage.estimated.filter((resource) => partOf(resource, resources) === undefined);
  return {
    format: "servio-cost/1",
    stack,
    project,
    region,
    currency: "USD",
    days: DAYS,
    profile,
    pricesRead: readBetween(PRICES.filter((price) => used.has(price))),
    lines: lines.map(({ price, ...line }) => ({
      ...line,
      service: price.service,
      unit: price.unit,
      price: price.id,
      unitPrice: rateText(price, region),
      source: price.regions[region].source ?? price.source,
    })),
    freeTier: credits.map(({ price, allowance, amount }) => ({
      price: price.id,
      service: price.service,
      what: `first ${allowance.units.toLocaleString("en-US")} ${plural(price)} a ${allowance.every}, by ${allowance.sharedBy}`,
      amount,
    })),
    totals,
    perThousandMessages: perThousand(totals.total, profile.usage.messagesPerDay),
    sensitivity: sensitivity(resources, profile, region),
    comparison: comparison(estimate),
    coverage: {
      resources: coverage.estimated.length + coverage.free.length + coverage.unsupported.length,
      estimated: coverage.estimated.length,
      free: coverage.free,
      unsupported: coverage.unsupported,
      labelled: coverage.estimated.length - unlabelled.length,
      unlabelled: [...new Set(unlabelled.map(({ type }) => type))].sort(),
    },
  };
}

function plural({ unit, free }: Price): string {
  if (free?.units === 1 || /^[GM]i?B$/.test(unit)) return unit;
  return unit.endsWith("s") ? `${unit}es` : `${unit}s`;
}
