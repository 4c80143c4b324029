import { useLingui } from "@lingui/react/macro";
import type { ConversationFilter } from "../data/model.ts";

/** The list's views and whose they are, in words. */
export function useViewNames() {
  const { t } = useLingui();
  const views: Readonly<Record<ConversationFilter["view"], string>> = {
    open: t`Abertas`,
    waiting: t`Esperando uma pessoa`,
    unread: t`Não lidas`,
    snoozed: t`Adiadas`,
    closed: t`Fechadas`,
  };
  const holders: Readonly<Record<NonNullable<ConversationFilter["holder"]>, string>> = {
    me: t`Minhas`,
    none: t`Sem responsável`,
  };
  return { views, holders };
}
