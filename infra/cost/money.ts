/**
 * Exact money. An amount is a whole number of millionths of a US dollar, a quantity a whole number of millionths of its
 * unit: between them nothing is a float, and nothing is rounded before a line is one amount.
 */

/** Millionths of a US dollar. */
export type MicroUsd = bigint;

/** Millionths of a unit, such as a vCPU-second or a GiB-month. */
export type Quantity = bigint;

/** The two ends of what a thing may cost. They differ only where a price is not certain. */
export interface Span {
  readonly low: MicroUsd;
  readonly high: MicroUsd;
}

/** A price as a fraction: `micro` millionths of a dollar for `per` millionths of a unit. */
export interface Rate {
  readonly micro: bigint;
  readonly per: bigint;
}

const MILLION = 1_000_000n;

export const NOTHING: Span = { low: 0n, high: 0n };

/** Rounds half away from zero. @param denominator above zero. */
export function divide(numerator: bigint, denominator: bigint): bigint {
  const sign = numerator < 0n ? -1n : 1n;
  return (sign * (2n * sign * numerator + denominator)) / (2n * denominator);
}

/** A number of units that may be a fraction, without a float. @example quantity(1, 3) is a third of a unit. */
export function quantity(numerator: number | bigint, denominator: number | bigint = 1): Quantity {
  return divide(BigInt(numerator) * MILLION, BigInt(denominator));
}

/**
 * Reads a price.
 * @param usd a decimal as price pages write it, such as `0.0000025`.
 * @param units how many units that buys, such as 100 000 document reads.
 */
export function rate(usd: string, units: number): Rate {
  const [, whole = "", fraction = ""] = /^(\d+)(?:\.(\d+))?$/.exec(usd) ?? [];
  if (whole === "") throw new Error(`not a price: ${usd}; a price is digits with at most one point`);
  const scale = 10n ** BigInt(fraction.length);
  return { micro: BigInt(whole + fraction) * MILLION, per: BigInt(units) * MILLION * scale };
}

/** What a quantity costs, to the nearest millionth of a dollar. */
export function charge(price: Rate, amount: Quantity): MicroUsd {
  return divide(price.micro * amount, price.per);
}

export function add(left: Span, right: Span): Span {
  return { low: left.low + right.low, high: left.high + right.high };
}

export function subtract(left: Span, right: Span): Span {
  return { low: left.low - right.low, high: left.high - right.high };
}

export function total(spans: readonly Span[]): Span {
  return spans.reduce(add, NOTHING);
}

/**
 * A decimal as written by a person or a bill: `12`, `12.5`, `1.2e-05`, `-0.3`.
 * @param places how many decimal places the whole number that comes back counts. @throws for anything else.
 */
export function parseDecimal(text: string, places: number): bigint {
  const [, sign = "", whole, fraction = "", exponent = "0"] =
    /^\s*(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?\s*$/.exec(text) ?? [];
  if (whole === undefined) throw new Error(`not an amount: ${JSON.stringify(text)}; wanted a decimal such as 12.50`);
  const shift = Number(exponent) - fraction.length + places;
  const digits = BigInt(`${sign}${whole}${fraction}`);
  return shift >= 0 ? digits * 10n ** BigInt(shift) : divide(digits, 10n ** BigInt(-shift));
}

/** Dollars, to the nearest millionth. @throws for what is no amount. */
export function parseUsd(text: string): MicroUsd {
  return parseDecimal(text, 6);
}

/** Dollars and cents: the only place that rounds to cents. */
export function dollars(amount: MicroUsd): string {
  const cents = divide(amount, 10_000n);
  const sign = cents < 0n ? "-" : "";
  const digits = String(cents < 0n ? -cents : cents).padStart(3, "0");
  return `${sign}$${grouped(digits.slice(0, -2))}.${digits.slice(-2)}`;
}

/** One amount, or both ends where they differ by a cent or more. */
export function spanText(span: Span): string {
  const [low, high] = [dollars(span.low), dollars(span.high)];
  return low === high ? low : `${low} to ${high}`;
}

/** A quantity with at most two decimals. */
export function quantityText(amount: Quantity): string {
  const hundredths = divide(amount, 10_000n);
  const text = `${grouped(String(hundredths / 100n))}.${String(hundredths % 100n).padStart(2, "0")}`;
  return text.replace(/\.?0+$/, "");
}

/** As JSON carries it. @throws beyond what a double holds exactly, which is nine thousand million dollars. */
export function jsonMicro(amount: MicroUsd): number {
  const value = Number(amount);
  if (!Number.isSafeInteger(value)) throw new Error(`${amount} millionths of a dollar do not fit a JSON number`);
  return value;
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}
