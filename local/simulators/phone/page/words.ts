import { en } from "./words-en.ts";
import { es } from "./words-es.ts";
import { pt, type Word } from "./words-pt.ts";

export type { Word };

export const LANGUAGES = { pt: "pt-BR", en: "en-GB", es: "es" } as const;
export type Language = keyof typeof LANGUAGES;
const WORDS: Readonly<Record<Language, Record<Word, string>>> = { pt, en, es };

export const CHANNEL_NAMES = { whatsapp: "WhatsApp", facebook: "Messenger", instagram: "Instagram" } as const;

let current: Language = "pt";

export function setLanguage(language: Language): void {
  current = language;
  document.documentElement.lang = LANGUAGES[language];
}

export function language(): Language {
  return current;
}

/** The word in the chosen language, with `{name}` filled in. */
export function t(word: Word, values: Readonly<Record<string, string>> = {}): string {
  return WORDS[current][word].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** 14:05 */
export function clock(at: number): string {
  return new Intl.DateTimeFormat(LANGUAGES[current], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
    at,
  );
}

/** "Hoje", or the day in words. */
export function day(at: number): string {
  if (new Date(at).toDateString() === new Date().toDateString()) return t("today");
  return new Intl.DateTimeFormat(LANGUAGES[current], { weekday: "long", day: "numeric", month: "long" }).format(at);
}

/** What kind of message it is, in words. */
export function kindName(kind: string): string {
  return t(kind in pt ? (kind as Word) : "other");
}
