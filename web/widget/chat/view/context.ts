import { createContext, useContext } from "react";
import type { Locale } from "../../protocol.ts";
import { WORDS, type Words } from "../words/index.ts";

export const LANGUAGES: Readonly<Record<Locale, string>> = { pt: "pt-BR", en: "en", es: "es" };
export const LocaleContext = createContext<Locale>("pt");

export function useWords(): { words: Words; language: string } {
  const locale = useContext(LocaleContext);
  return { words: WORDS[locale], language: LANGUAGES[locale] };
}
