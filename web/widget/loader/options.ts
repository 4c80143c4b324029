import { type ChatOptions, LOCALES, type Locale, type Theme } from "../protocol.ts";

/** An identity lives for minutes, a page may stay open for hours: a function is asked only when the chat is wanted. */
export type Identity = string | (() => string | Promise<string>);

/** What a website may set: on the script tag as `data-…`, or before it as `window.ServioChat = {…}`, which wins. */
export interface LoaderOptions extends Omit<ChatOptions, "accent"> {
  /** @default the page's own `accent-color`, else a deep teal */
  readonly accent?: string;
  /** @default "right" */
  readonly position: "left" | "right";
  /** A JWT that the website's server signed, or what fetches one when the chat is first opened. */
  readonly identity?: Identity;
  /** CSS pixels between the launcher and the window's edges. @default 20 */
  readonly offset: number;
}

const THEMES: readonly string[] = ["auto", "light", "dark"] satisfies Theme[];
const TEXTS = ["accent", "title", "greeting", "form"] as const;

/** Reads what is set; what is not right falls back to what is meant when nothing is said. */
export function readOptions(
  attributes: Readonly<Record<string, string | undefined>>,
  global: unknown,
  languages: readonly (string | undefined)[],
): LoaderOptions {
  const given: Readonly<Record<string, unknown>> = { ...attributes, ...(typeof global === "object" ? global : {}) };
  const texts: Partial<Record<(typeof TEXTS)[number], string>> = {};
  for (const name of TEXTS) {
    const value = given[name];
    if (typeof value === "string" && value.trim() !== "") texts[name] = value.trim();
  }
  const theme = String(given.theme);
  const { identity } = given;
  const known = (typeof identity === "string" && identity !== "") || typeof identity === "function";
  return {
    ...texts,
    ...(known && { identity: identity as Identity }),
    locale: localeOf([String(given.locale), ...languages]),
    theme: THEMES.includes(theme) ? (theme as Theme) : "auto",
    position: given.position === "left" ? "left" : "right",
    offset: offsetOf(given.offset),
  };
}

/** The first language that the chat speaks: `pt-BR` is `pt`. */
function localeOf(languages: readonly (string | undefined)[]): Locale {
  for (const language of languages) {
    const found = LOCALES.find((locale) => language?.slice(0, 2).toLowerCase() === locale);
    if (found) return found;
  }
  return "pt";
}

function offsetOf(given: unknown): number {
  const offset = Number.parseFloat(String(given));
  return Number.isNaN(offset) ? 20 : Math.min(200, Math.max(0, offset));
}
