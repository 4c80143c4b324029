import * as z from "zod";

/** Readers of one configuration value each: configuration is text, whatever YAML wrote. */

export const flag = z.enum(["true", "false"]).transform((text) => text === "true");

/** A whole number from `min` to `max`, both included. */
export function integer(min: number, max: number): z.ZodType<number> {
  return z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max);
}

/** A number from `min` to `max`, both included, with a point for its decimals. */
export function decimal(min: number, max: number): z.ZodType<number> {
  return z
    .string()
    .regex(/^\d{1,9}(\.\d{1,6})?$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max);
}

/** One line of text with no space at either end: what a copied secret gains by accident. */
export const words = z.string().regex(/^\S(.*\S)?$/);

/** One secret, or during a rotation two different ones with a comma between. */
export const rotating = words.refine((text) => {
  const values = text.split(",");
  return (
    values.length <= 2 && values.every((value) => /^[^\s,]+$/.test(value)) && new Set(values).size === values.length
  );
});

/** True for a URL whose host is this machine. */
export function isLoopback(url: string): boolean {
  const host = URL.parse(url)?.hostname;
  return host === "127.0.0.1" || host === "localhost" || host === "[::1]";
}

/** Without a trailing slash, so that a path can be put after it. */
export const httpsUrl = z
  .url({ protocol: /^https?$/ })
  .refine((url) => url.startsWith("https://") || isLoopback(url))
  .transform((url) => url.replace(/\/+$/, ""));

const domain = z.string().regex(/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/);

function list(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

export const emails = z.string().transform(list).pipe(z.array(z.email()));

export const domains = z.string().transform(list).pipe(z.array(domain));

export const optionalBillingAccount = z.union([
  z.literal("").transform(() => undefined),
  z.string().regex(/^[0-9A-F]{6}(-[0-9A-F]{6}){2}$/),
]);

/** At most 64 characters: Google issues no certificate for a longer name. */
export const optionalDomain = z.union([z.literal("").transform(() => undefined), domain.pipe(z.string().max(64))]);

export const optionalSlackChannel = z.union([
  z.literal("").transform(() => undefined),
  z.string().regex(/^#[a-z0-9_-]{1,79}$/),
]);

/** Google's rule for labels: lower case, at most 63 characters, no empty value (a permanent diff). */
const label = z.tuple([z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/), z.string().regex(/^[a-z0-9_-]{1,63}$/)]);

export const labelMap = z
  .string()
  .transform((text) => list(text).map((pair) => pair.split("=")))
  .pipe(z.array(label))
  .transform((pairs): Readonly<Record<string, string>> => Object.fromEntries(pairs));
