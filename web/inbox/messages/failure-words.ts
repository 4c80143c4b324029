import { useLingui } from "@lingui/react/macro";
import { useCallback } from "react";
import { useProblemWords } from "../shell/problem-words.ts";
import type { Entry } from "./entries.ts";

/** Why a message failed, in words. What the provider said follows when we have no better words for it. */
export function useFailureWords(): (entry: Pick<Entry, "error" | "outgoing">) => string {
  const { t } = useLingui();
  const problem = useProblemWords();
  return useCallback(
    ({ error, outgoing }) => {
      if (outgoing?.error !== undefined) return t`Não saiu. ${problem(outgoing.error)}`;
      // Codes of the WhatsApp Cloud API and of the Send API, as Meta documents them.
      switch (error?.code) {
        case 131047:
        case 2534022:
          return t`Não entregue: a janela de 24 h já tinha fechado.`;
        case 131026:
          return t`Não entregue: este número não recebe mensagens do WhatsApp.`;
        case 131050:
          return t`Não entregue: a pessoa pediu para não receber mensagens.`;
        case 551:
          return t`Não entregue: a pessoa não está disponível para receber mensagens.`;
        default: {
          const said = error === undefined || error.message === "" ? t`o canal não disse por quê` : error.message;
          return t`Não entregue: ${said}`;
        }
      }
    },
    [t, problem],
  );
}
