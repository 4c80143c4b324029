import { LOCALES, type Locale, locale, useChoice } from "../preferences/preferences.ts";

/** Each language by its own name: whoever needs it can read it. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { pt: "Português", en: "English", es: "Español" };

/** Switches the language where there is no menu yet. */
export function LocaleSelect({ label }: { readonly label: string }) {
  const [current, set] = useChoice(locale);
  return (
    <fieldset className="flex gap-1">
      <legend className="sr-only">{label}</legend>
      {LOCALES.map((value) => (
        <button
          key={value}
          type="button"
          lang={value}
          aria-pressed={value === current}
          onClick={() => set(value)}
          className="h-8 rounded-base px-2.5 text-list text-muted hover:bg-hover aria-pressed:font-medium aria-pressed:text-ink"
        >
          {LOCALE_NAMES[value]}
        </button>
      ))}
    </fieldset>
  );
}
