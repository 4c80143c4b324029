import * as z from "zod";

/** The websites that may embed the chat. */

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/;
/** A host, or every host below one: what both a browser's Origin header and a `frame-ancestors` list can say. */
const SITE = /^https:\/\/(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}(:\d{1,5})?$/;

/** `https://www.example.com`, `https://*.example.com`; `http` only for this very machine. */
export const originPattern = z
  .string()
  .refine((text) => SITE.test(text) || LOOPBACK.test(text), "is not an origin such as https://www.example.com");

/** Comma-separated; nothing, or `none`, allows no website but our own. */
export const originList = z
  .string()
  .transform((text) =>
    text
      .split(",")
      .map((part) => part.trim().toLowerCase())
      .filter((part) => part !== "" && part !== "none"),
  )
  .pipe(z.array(originPattern));

/** Whether a browser's Origin header is one of the patterns. A wildcard stands for one or more labels, never for none. */
export function isAllowedOrigin(origin: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    if (!pattern.startsWith("https://*.")) return pattern === origin;
    const rest = pattern.slice("https://*".length);
    return origin.startsWith("https://") && origin.endsWith(rest) && origin.length > "https://".length + rest.length;
  });
}
