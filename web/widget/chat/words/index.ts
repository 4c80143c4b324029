import type { Locale } from "../../protocol.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { pt } from "./pt.ts";
import type { Words } from "./words.ts";

export type { Words } from "./words.ts";
export const WORDS: Readonly<Record<Locale, Words>> = { pt, en, es };
