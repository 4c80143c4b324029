import { useLingui } from "@lingui/react/macro";
import { useCallback } from "react";
import { ApiError } from "../data/api.ts";

/** Why the API did not do it and what to do, by its stable code; its own detail is written for developers. */
export function useProblemWords(): (reason: unknown) => string {
  const { t } = useLingui();
  return useCallback(
    (reason) => {
      if (!(reason instanceof ApiError)) return t`Recarregue a página e tente de novo.`;
      if (reason.code === "network") return t`Sem conexão com o servidor.`;
      if (reason.code === "window_closed")
        return t`A janela de resposta já fechou. Ela reabre quando o cliente escrever.`;
      if (reason.code === "answered_meanwhile")
        return t`Alguém da equipe respondeu enquanto você escrevia. Leia antes de enviar.`;
      if (reason.code === "file_too_large") return t`O arquivo é grande demais para este canal.`;
      if (reason.code === "file_type_refused") return t`Este canal não aceita este tipo de arquivo.`;
      if (reason.code === "file_empty") return t`O arquivo está vazio.`;
      if (reason.code === "due_time") return t`Escolha um horário entre agora e 30 dias.`;
      if (reason.code === "already_settled") return t`Já saiu: não dá mais para cancelar.`;
      if (reason.code === "template_not_sendable" || reason.code === "template_unknown")
        return t`A Meta não aceita mais este modelo. Escolha outro.`;
      if (reason.code === "text_too_long") return t`O texto é longo demais para este canal. Divida em partes.`;
      if (reason.code === "unknown_conversation") return t`Esta conversa não existe mais.`;
      if (reason.code === "unknown_task") return t`Esta tarefa não existe mais.`;
      if (reason.code === "shortcut_taken") return t`Outra resposta já tem este atalho. Escolha outra palavra.`;
      if (reason.code === "own_role") return t`O seu próprio papel só pode ser mudado por outro administrador.`;
      if (reason.code === "unknown_account") return t`Ninguém entra com este e-mail.`;
      if (reason.status === 401) return t`Sua sessão terminou. Saia e entre de novo.`;
      if (reason.status === 403) return t`Sua conta não pode fazer isso. Fale com quem administra a equipe.`;
      if (reason.status === 429) return t`Muitos pedidos seguidos. Espere alguns segundos e tente de novo.`;
      if (reason.status >= 500) return t`O servidor não conseguiu agora. Tente de novo em um minuto.`;
      return t`O servidor recusou (${reason.code}).`;
    },
    [t],
  );
}
