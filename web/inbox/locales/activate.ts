import { i18n, type Messages } from "@lingui/core";
import { locale as chosen, type Locale } from "../preferences/preferences.ts";

type Catalogues = Readonly<Record<Locale, () => Promise<{ messages: Messages }>>>;

/** The few texts before sign-in. One language is loaded at a time; each is a file of its own. */
const DOOR: Catalogues = {
  pt: () => import("./door-pt.po"),
  en: () => import("./door-en.po"),
  es: () => import("./door-es.po"),
};
/** All texts: they come with the inbox. */
const WHOLE: Catalogues = {
  pt: () => import("./pt.po"),
  en: () => import("./en.po"),
  es: () => import("./es.po"),
};

let catalogues = DOOR;

/** Loads and switches to a language, and tells the page which it is. */
export async function activate(locale: Locale, root: HTMLElement): Promise<void> {
  const { messages } = await catalogues[locale]();
  i18n.loadAndActivate({ locale, messages });
  root.lang = locale === "pt" ? "pt-BR" : locale;
}

/** From here on the whole inbox is shown. Resolves when its texts are there. */
export function activateWhole(root: HTMLElement): Promise<void> {
  catalogues = WHOLE;
  return activate(chosen.get(), root);
}
