import type { Quantity } from "../money.ts";
import type { Price, Region } from "../prices/index.ts";
import type { Resource } from "../resource.ts";
import type { Usage } from "../usage/usage.ts";

/** The month of every estimate, as in Google's own examples. */
export const DAYS = 30;
export const MONTH_SECONDS = DAYS * 24 * 60 * 60;
export const MONTH_HOURS = DAYS * 24;

/** How much of something a resource needs in a month. */
export interface Demand {
  /** What of the resource is charged for, such as `CPU of answers`. */
  readonly component: string;
  readonly price: Price;
  readonly quantity: Quantity;
  /** `baseline`: paid for although nobody writes. `usage`: grows with traffic. */
  readonly kind: "baseline" | "usage";
}

/** What an estimate of one resource may look at. */
export interface Context {
  readonly region: Region;
  readonly usage: Usage;
  /** The whole stack. */
  readonly resources: readonly Resource[];
}

/** How a type of resource is estimated: by what it needs, or for nothing, with the reason. */
export type Model =
  | { readonly free: string }
  | { readonly demands: (resource: Resource, context: Context) => readonly Demand[] };

export function free(reason: string): Model {
  return { free: reason };
}

export function demanding(demands: (resource: Resource, context: Context) => readonly Demand[]): Model {
  return { demands };
}

export function baseline(component: string, price: Price, quantity: Quantity): Demand {
  return { component, price, quantity, kind: "baseline" };
}

export function usage(component: string, price: Price, quantity: Quantity): Demand {
  return { component, price, quantity, kind: "usage" };
}

/**
 * Whether a resource is the first of its type: usage is the stack's, and is counted once, not for each service.
 */
export function isFirst(resource: Resource, context: Context): boolean {
  return context.resources.find(({ type }) => type === resource.type) === resource;
}
