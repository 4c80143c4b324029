import { useLingui } from "@lingui/react/macro";
import type { DetourReason } from "../../../app/automation/model.ts";

export interface TaskWords {
  /** What it is about. */
  title(trigger: string): string;
  /** Why the automation could not say it, and what that means for the person who will. */
  why(reason: string): string;
}

/** The codes of a task in words; one that this page does not know yet is shown as it is. */
export function useTaskWords(): TaskWords {
  const { t } = useLingui();
  const titles = new Map([
    ["followup_48h", t`Cliente sem resposta há 48 h`],
    ["followup_proposta", t`Proposta sem resposta`],
    ["followup_pagamento", t`Pagamento pendente`],
    ["followup_onboarding", t`Cadastro não concluído`],
    ["followup_prospector_recrutamento", t`Convite sem resposta`],
  ]);
  const reasons: Readonly<Record<DetourReason, string>> = {
    window_closed: t`A janela do canal fechou: só uma pessoa pode escrever, se o canal ainda deixar.`,
    no_template: t`Não há modelo aprovado pela Meta para esta mensagem.`,
    conversation_closed: t`A conversa está fechada.`,
    channel_opted_out: t`O cliente não quer mensagens automáticas neste canal.`,
    not_connected: t`O canal que o cliente prefere não está ligado a uma conversa.`,
    no_address: t`Não há e-mail do cliente.`,
    email_off: t`O envio de e-mails não está configurado.`,
    way_failed: t`O envio falhou em todos os caminhos.`,
  };
  const known = new Map<string, string>(Object.entries(reasons));
  return {
    title: (trigger) => titles.get(trigger) ?? trigger,
    why: (reason) => known.get(reason) ?? reason,
  };
}
