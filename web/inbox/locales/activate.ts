import { i18n, type Messages } from "@lingui/core";
import type { Locale } from "../preferences/preferences.ts";

/** One language is loaded at a time; each is a file of its own. */
const CATALOGUES: Readonly<Record<Locale, () => Promise<{ messages: Messages }>>> = {
  pt: () => import("./pt.po"),
  en: () => import("./en.po"),
  es: () => import("./es.po"),
};

/** Loads and switches to a language, and tells the page which it is. */
export async function activate(locale: Locale, root: HTMLElement): Promise<void> {
  const { messages } = await CATALOGUES[locale]();
  i18n.loadAndActivate({ locale, messages });
  root.lang = locale === "pt" ? "pt-BR" : locale;
}
