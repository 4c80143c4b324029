import { charge, type MicroUsd, quantity, type Rate, type Span, subtract, total } from "./money.ts";
import type { FreeAllowance, Price, Region } from "./prices/index.ts";
import { DAYS } from "./resources/index.ts";

/** What an allowance takes off. It is the whole stack's, and each line that shares it bears a part. */
export interface Credit {
  readonly price: Price;
  readonly allowance: FreeAllowance;
  /** What is taken off, as a positive amount: never more than was charged. */
  readonly amount: Span;
}

/** A line before allowances. */
export interface Charged {
  readonly price: Price;
  readonly gross: Span;
}

/** A line after them. */
export type Credited<Line extends Charged> = Line & { readonly free: Span; readonly net: Span };

/**
 * Takes off what is free, as if this stack were all that shares the allowances. Each allowance is given once, however many
 * resources use it, and is divided among its lines in proportion to what they cost.
 */
export function applyFreeTier<Line extends Charged>(
  lines: readonly Line[],
  region: Region,
): { readonly lines: readonly Credited<Line>[]; readonly credits: readonly Credit[] } {
  const credits: Credit[] = [];
  const free = new Map<Line, Span>();
  for (const [price, sharing] of Map.groupBy(lines, ({ price }) => price)) {
    const allowance = price.free;
    if (!allowance || allowance.regions?.includes(region) === false) continue;
    const gross = total(sharing.map((line) => line.gross));
    const worth = worthOf(price, allowance, region);
    const amount = { low: least(gross.low, worth.low), high: least(gross.high, worth.high) };
    if (amount.high > 0n) credits.push({ price, allowance, amount });
    const low = share(
      amount.low,
      sharing.map((line) => line.gross.low),
    );
    const high = share(
      amount.high,
      sharing.map((line) => line.gross.high),
    );
    for (const [index, line] of sharing.entries()) {
      free.set(line, { low: low[index] ?? 0n, high: high[index] ?? 0n });
    }
  }
  const credited = lines.map((line) => {
    const taken = free.get(line) ?? { low: 0n, high: 0n };
    return { ...line, free: taken, net: subtract(line.gross, taken) };
  });
  return { lines: credited, credits };
}

function worthOf(price: Price, allowance: FreeAllowance, region: Region): Span {
  const { low, high } = price.regions[allowance.valuedIn ?? region];
  const units = quantity(Math.round(allowance.units * 1000), 1000) * (allowance.every === "day" ? BigInt(DAYS) : 1n);
  const worth = (rate: Rate): MicroUsd => charge(rate, units);
  return { low: worth(low), high: worth(high) };
}

/** Divides a whole amount in proportion to weights; what rounding leaves goes to the first that have room. */
export function share(amount: MicroUsd, weights: readonly MicroUsd[]): MicroUsd[] {
  const sum = weights.reduce((left, right) => left + right, 0n);
  if (sum === 0n) return weights.map(() => 0n);
  const shares = weights.map((weight) => (amount * weight) / sum);
  let left = shares.reduce((rest, part) => rest - part, amount);
  return shares.map((part, index) => {
    if (left === 0n || part >= (weights[index] ?? 0n)) return part;
    left -= 1n;
    return part + 1n;
  });
}

function least(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}
