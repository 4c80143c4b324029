import { useLingui } from "@lingui/react/macro";
import type { AnswerFailure } from "../../../app/assistant/assistant.ts";

/** What came of asking the model, in words; a code that this page does not know yet is shown as it is. */
export function useOutcomeWords(): (outcome: string) => string {
  const { t } = useLingui();
  const known: Readonly<Record<"reply" | "handoff" | AnswerFailure, string>> = {
    reply: t`Respondeu`,
    handoff: t`Passou para uma pessoa`,
    quota: t`Cota do minuto esgotada`,
    quota_day: t`Cota do dia esgotada`,
    timeout: t`Demorou demais`,
    unavailable: t`Modelo fora do ar`,
    blocked: t`Bloqueada pelo modelo`,
    malformed: t`Resposta sem forma`,
    unsafe: t`Retida por segurança`,
    circuit_open: t`Não perguntada: o modelo falhava`,
    model_unknown: t`O modelo não existe mais`,
    refused: t`Chave ou pedido recusado`,
  };
  const words = new Map<string, string>(Object.entries(known));
  return (outcome) => words.get(outcome) ?? outcome;
}
