import { useLingui } from "@lingui/react";
import { useMemo } from "react";
import type { TimeStyle } from "./time.ts";

/** How times are written for this reader: the language of the page, the zone of the machine. */
export function useTimeStyle(): TimeStyle {
  const { i18n } = useLingui();
  return useMemo(() => ({ locale: i18n.locale === "pt" ? "pt-BR" : i18n.locale }), [i18n.locale]);
}
