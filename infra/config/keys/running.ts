import * as z from "zod";
import { key } from "../key.ts";
import { integer } from "../values.ts";

/** How much runs, and how much it tells. */
export const RUNNING_KEYS = {
  /** Default `info`. */
  logLevel: key("logLevel", z.enum(["trace", "debug", "info", "warn", "error"]), {
    expected: "one of trace, debug, info, warn, error",
    example: "info",
    fallback: "info",
  }),
  /** Default 0, which costs nothing while idle and a cold start after it. */
  apiMinInstances: key("apiMinInstances", integer(0, 100), {
    expected: "a whole number from 0 to 100",
    example: "0",
    fallback: "0",
  }),
  /** Default 10 (specification 10.1). The rate limit is per instance: this bounds the whole. */
  apiMaxInstances: key("apiMaxInstances", integer(1, 100), {
    expected: "a whole number from 1 to 100",
    example: "10",
    fallback: "10",
  }),
  /** Default 0. One warm instance spares Meta's five seconds a cold start. */
  webhookMinInstances: key("webhookMinInstances", integer(0, 100), {
    expected: "a whole number from 0 to 100",
    example: "0",
    fallback: "0",
  }),
  /** Default 10. */
  webhookMaxInstances: key("webhookMaxInstances", integer(1, 100), {
    expected: "a whole number from 1 to 100",
    example: "10",
    fallback: "10",
  }),
} as const;
