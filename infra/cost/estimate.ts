import { CostError } from "./errors.ts";
import { applyFreeTier, type Credit, type Credited } from "./free-tier.ts";
import { charge, NOTHING, type Quantity, type Span, subtract, total } from "./money.ts";
import { type Price, REGIONS, type Region } from "./prices/index.ts";
import { partOf, type Resource, textAt } from "./resource.ts";
import { externals } from "./resources/external.ts";
import { type Context, type Demand, MODELS } from "./resources/index.ts";
import type { Profile } from "./usage/profiles.ts";

/** One thing that one resource is charged for in a month. */
export interface UncreditedLine {
  readonly resource: string;
  /** Pulumi's type, or `external`. */
  readonly type: string;
  /** The label by which the bill is split. */
  readonly part: string | undefined;
  readonly component: string;
  readonly kind: Demand["kind"];
  readonly price: Price;
  readonly quantity: Quantity;
  readonly gross: Span;
}

export type Line = Credited<UncreditedLine>;

/** A resource that is not estimated, and why. */
export interface Unpriced {
  readonly type: string;
  readonly resource: string;
  readonly reason: string;
}

/** What became of every resource: nothing is dropped in silence. */
export interface Coverage {
  readonly estimated: readonly Resource[];
  readonly free: readonly Unpriced[];
  readonly unsupported: readonly Unpriced[];
}

export interface Totals {
  /** Before allowances: what is paid although nobody writes. */
  readonly baseline: Span;
  /** Before allowances: what grows with traffic. */
  readonly usage: Span;
  /** What allowances take off, as a positive amount. */
  readonly free: Span;
  readonly total: Span;
  /** Of the total, what Google bills: a Google budget sees no more. */
  readonly google: Span;
  /** Of the total, what others bill. */
  readonly others: Span;
}

export interface Estimate {
  readonly region: Region;
  readonly profile: Profile;
  readonly lines: readonly Line[];
  readonly credits: readonly Credit[];
  readonly coverage: Coverage;
  readonly totals: Totals;
}

/** The type of lines that belong to no resource. */
export const EXTERNAL = "external";

/** Services that do not come with Google's bill. */
const OTHERS: readonly string[] = ["WhatsApp", "SendGrid"];

/**
 * What a stack costs in a month of 30 days, if it is all that its billing account pays for.
 * @param declared everything the program declares; components and providers are passed over.
 * @throws {CostError} for a region without prices.
 */
export function estimate(declared: readonly Resource[], profile: Profile, region = regionOf(declared)): Estimate {
  const resources = declared.filter(({ type }) => type.startsWith("gcp:"));
  const context: Context = { region, usage: profile.usage, resources };
  const outside = externals(context);
  const gross = [
    ...resources.flatMap((resource) => linesOf(resource, context)),
    ...outside.flatMap(({ name, demands }) =>
      demands.map((demand) => lineOf({ resource: name, type: EXTERNAL, part: undefined }, demand, region)),
    ),
  ];
  const { lines, credits } = applyFreeTier(gross, region);
  const unpriced = outside.flatMap(({ name, unsupported }) =>
    unsupported === undefined ? [] : [{ type: EXTERNAL, resource: name, reason: unsupported }],
  );
  return { region, profile, lines, credits, coverage: coverage(resources, unpriced), totals: totals(lines) };
}

function linesOf(resource: Resource, context: Context): UncreditedLine[] {
  const model = MODELS[resource.type];
  if (!model || !("demands" in model)) return [];
  const owner = { resource: resource.name, type: resource.type, part: partOf(resource, context.resources) };
  return model.demands(resource, context).map((demand) => lineOf(owner, demand, context.region));
}

type Owner = Pick<UncreditedLine, "resource" | "type" | "part">;

function lineOf(owner: Owner, demand: Demand, region: Region): UncreditedLine {
  const { low, high } = demand.price.regions[region];
  return { ...owner, ...demand, gross: { low: charge(low, demand.quantity), high: charge(high, demand.quantity) } };
}

function coverage(resources: readonly Resource[], unpriced: readonly Unpriced[]): Coverage {
  const reason = ({ type }: Resource): string | undefined => {
    const model = MODELS[type];
    return model && "free" in model ? model.free : undefined;
  };
  return {
    estimated: resources.filter(({ type }) => "demands" in (MODELS[type] ?? {})),
    free: resources.flatMap((resource) => {
      const why = reason(resource);
      return why === undefined ? [] : [{ type: resource.type, resource: resource.name, reason: why }];
    }),
    unsupported: [
      ...resources
        .filter(({ type }) => MODELS[type] === undefined)
        .map(({ type, name }) => ({ type, resource: name, reason: "no model in infra/cost/resources/index.ts" })),
      ...unpriced,
    ],
  };
}

function totals(lines: readonly Line[]): Totals {
  const sum = (pick: (line: Line) => boolean, of: "gross" | "free" | "net"): Span =>
    total(lines.filter(pick).map((line) => line[of]));
  const all = sum(() => true, "net");
  const others = sum(({ price }) => OTHERS.includes(price.service), "net");
  return {
    baseline: sum(({ kind }) => kind === "baseline", "gross"),
    usage: sum(({ kind }) => kind === "usage", "gross"),
    free: lines.length === 0 ? NOTHING : sum(() => true, "free"),
    total: all,
    google: subtract(all, others),
    others,
  };
}

/** The region a stack runs in. @throws {CostError} when there are no prices for it. */
export function regionOf(resources: readonly Resource[]): Region {
  const service = resources.find(({ type }) => type === "gcp:cloudrunv2/service:Service");
  return knownRegion((service && textAt(service, "location")) ?? "us-west1");
}

/** @throws {CostError} when there are no prices for a region. */
export function knownRegion(region: string): Region {
  const known = REGIONS.find((candidate) => candidate === region);
  if (known) return known;
  throw new CostError(
    "cost_region_unknown",
    `There are no prices for ${region}; there are for ${REGIONS.join(", ")}. Add the region's column in infra/cost/prices.`,
  );
}
