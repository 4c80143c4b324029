import { useSyncExternalStore } from "react";
import { type Choice, choice, measure, openShelf } from "./stored.ts";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export const LOCALES = ["pt", "en", "es"] as const;
export type Locale = (typeof LOCALES)[number];

/** The first of the browser's languages that we speak, else Portuguese. */
export function preferredLocale(languages: readonly string[]): Locale {
  for (const language of languages) {
    const known = LOCALES.find((locale) => language.toLowerCase().startsWith(locale));
    if (known !== undefined) return known;
  }
  return "pt";
}

export const shelf = openShelf();
export const theme = choice(shelf, "servio.theme", THEMES, "system");
export const locale = choice(shelf, "servio.locale", LOCALES, preferredLocale(navigator.languages));
/** Whether single letters act as commands (WCAG 2.1.4 asks for a switch). */
export const singleKeys = choice(shelf, "servio.keys", ["on", "off"] as const, "on");
/** Both only for customers who wait for a person. */
export const notifications = choice(shelf, "servio.notifications", ["on", "off"] as const, "off");
export const sound = choice(shelf, "servio.sound", ["on", "off"] as const, "off");
/** What sends: Enter, or Ctrl/Cmd with it. */
export const sendKey = choice(shelf, "servio.send-key", ["enter", "mod-enter"] as const, "enter");
/** Whether a message waits some seconds, in which it can be taken back. */
export const undoSend = choice(shelf, "servio.undo-send", ["on", "off"] as const, "off");
export const personPanel = choice(shelf, "servio.person", ["open", "closed"] as const, "open");

/** Widths of the columns, CSS pixels. */
export const LIST_LIMITS = { min: 280, max: 480 } as const;
export const PERSON_LIMITS = { min: 260, max: 420 } as const;
export const listWidth = measure(shelf, "servio.list-width", LIST_LIMITS, 320);
export const personWidth = measure(shelf, "servio.person-width", PERSON_LIMITS, 300);

/** The colour tokens follow `data-theme`; without it, the system. */
export function applyTheme(value: Theme, root: HTMLElement): void {
  if (value === "system") delete root.dataset.theme;
  else root.dataset.theme = value;
}

/** A remembered choice as React state. */
export function useChoice<T extends string | number>(source: Choice<T>): [T, (value: T) => void] {
  return [useSyncExternalStore(source.subscribe, source.get), source.set];
}
