import type * as z from "zod";
import type { KEYS } from "./keys.ts";

/** What every setting that is not a secret is once it was read. */
export type Settings = { readonly [Name in keyof typeof KEYS]: z.output<(typeof KEYS)[Name]["schema"]> };
