import { useLingui } from "@lingui/react/macro";
import { useTimeStyle } from "../format/use-style.ts";
import type { ChannelHealth } from "./health.ts";

/**
 * What a check said went wrong. The probe writes Portuguese, with the details that it has; for who reads another
 * language its code is told in that one, and what has no words here stays as it was written.
 */
export function useReasonWords(): (health: ChannelHealth) => string | undefined {
  const { t } = useLingui();
  const { locale } = useTimeStyle();
  return ({ reason, reasonCode }) => {
    if (reasonCode === undefined || (reason !== undefined && locale.startsWith("pt"))) return reason;
    const words: Readonly<Record<string, string>> = {
      token_invalid: t`O token da Meta não vale mais. Gere outro e atualize o segredo da implantação.`,
      graph_190: t`O acesso à Meta expirou. Um administrador precisa conectar o canal de novo.`,
      permission_missing: t`Falta uma permissão ao token. Conceda-a no painel da Meta.`,
      token_expires: t`O token da Meta vence em menos de uma semana. Gere outro antes.`,
      business_unknown: t`O token não diz a qual conta do WhatsApp pertence. Confira a inscrição do webhook no painel da Meta.`,
      number_disconnected: t`O número não está conectado na Meta. Veja o WhatsApp Manager.`,
      quality_low: t`A qualidade do número está baixa e a Meta pode limitá-lo. Reveja as mensagens automáticas.`,
      resubscribed: t`A Meta tinha desligado o webhook; ele foi ligado de novo. Mensagens desse intervalo podem faltar.`,
      not_subscribed: t`A Meta não avisa mais sobre mensagens novas. Inscreva o app no painel da Meta.`,
      unreachable: t`A Meta não respondeu. A próxima verificação tenta de novo.`,
      sends_fail: t`Parte dos envios da última hora falhou. Abra uma conversa com falha para ver o motivo.`,
      silent: t`Nenhuma mensagem chegou há mais tempo do que é normal neste canal e horário. Envie uma mensagem de teste.`,
    };
    const code = reasonCode.replace(/^graph_/, "");
    const refused = code === reasonCode ? undefined : t`A Meta recusou a verificação (código ${code}).`;
    return words[reasonCode] ?? refused ?? reason;
  };
}
