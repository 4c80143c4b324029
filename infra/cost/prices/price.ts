import { type Rate, rate } from "../money.ts";

/** The regions that prices are listed for. */
export const REGIONS = ["us-west1", "southamerica-east1"] as const;

export type Region = (typeof REGIONS)[number];

/**
 * How sure a price is. `published`: read on the provider's own page or in its own source. `reported`: read by somebody
 * else, of that page. `unconfirmed`: neither; it is shown with both ends where more than one is told.
 */
export type Certainty = "published" | "reported" | "unconfirmed";

export interface Source {
  readonly page: string;
  /** The day it was read, `YYYY-MM-DD`. */
  readonly read: string;
  readonly certainty: Certainty;
  /** What is uncertain, or how the page is to be read. */
  readonly note?: string;
}

/** The price of one unit in one region. */
export interface RegionalRate {
  readonly low: Rate;
  /** The same as `low` where the price is certain. */
  readonly high: Rate;
  /** Of this region alone, where it is less sure than the price's own source. */
  readonly source?: Source;
}

/** What is given before anything is charged. */
export interface FreeAllowance {
  /** Units a month, or a day where the day is what resets. */
  readonly units: number;
  readonly every: "month" | "day";
  /** Who shares it: Google adds up most allowances over all projects that one billing account pays for. */
  readonly sharedBy: "billing account" | "project" | "phone number";
  /** Allowances that exist in some regions only. @default every region */
  readonly regions?: readonly Region[];
  /** Cloud Run gives its allowance as money, at the price of this region, whatever region spends it. */
  readonly valuedIn?: Region;
  readonly source: Source;
}

/** One thing that is charged for. */
export interface Price {
  /** `service/thing`, unique in the list. */
  readonly id: string;
  /** The service as the bill names it. */
  readonly service: string;
  /** What one unit is called. */
  readonly unit: string;
  /** How many units the page prices at once, for showing: 100 000 reads, one GiB-month. */
  readonly lot: number;
  readonly regions: Readonly<Record<Region, RegionalRate>>;
  readonly source: Source;
  readonly free?: FreeAllowance;
}

export function published(page: string, read: string, note?: string): Source {
  return { page, read, certainty: "published", ...(note === undefined ? {} : { note }) };
}

export function reported(page: string, read: string, note?: string): Source {
  return { page, read, certainty: "reported", ...(note === undefined ? {} : { note }) };
}

export function unconfirmed(page: string, read: string, note?: string): Source {
  return { page, read, certainty: "unconfirmed", ...(note === undefined ? {} : { note }) };
}

/** Dollars for a lot: one figure, or both ends of an uncertain one. */
export type Usd = string | readonly [low: string, high: string];

export interface Listing extends Omit<Price, "regions"> {
  /** For every region, or by region. A region may bring its own, less sure source. */
  readonly usd: Usd | Readonly<Record<Region, Usd | { readonly usd: Usd; readonly source: Source }>>;
}

/** Turns a listing, written as the page writes it, into a price. */
export function price(listing: Listing): Price {
  const { usd, ...rest } = listing;
  const of = (region: Region): RegionalRate => {
    const value = isUsd(usd) ? usd : usd[region];
    return isUsd(value) ? ends(value, listing.lot) : { ...ends(value.usd, listing.lot), source: value.source };
  };
  return { ...rest, regions: { "us-west1": of("us-west1"), "southamerica-east1": of("southamerica-east1") } };
}

function isUsd(value: Listing["usd"] | { readonly usd: Usd }): value is Usd {
  return typeof value === "string" || Array.isArray(value);
}

function ends(usd: Usd, lot: number): RegionalRate {
  const [low, high] = typeof usd === "string" ? [usd, usd] : usd;
  return { low: rate(low, lot), high: rate(high, lot) };
}
