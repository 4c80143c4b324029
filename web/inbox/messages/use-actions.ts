import { useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import { ApiError } from "../data/api.ts";
import { useInbox } from "../data/inbox.ts";
import type { Conversation } from "../data/model.ts";
import { toast } from "../shell/toasts.tsx";

export interface ConversationActions {
  setMode(mode: "bot" | "human"): void;
  setStatus(status: "active" | "closed"): void;
}

/** What can be done with a conversation: shown at once, taken back in words when the API refuses. */
export function useActions(conversation: Conversation): ConversationActions {
  const { t } = useLingui();
  const { api, overlay } = useInbox();
  const { id } = conversation;
  return useMemo(() => {
    const failed = (what: string) => (reason: unknown) => {
      const why =
        reason instanceof ApiError && reason.code !== "network"
          ? reason.message
          : t`Confira a conexão e tente de novo.`;
      toast({ tone: "bad", text: `${what} ${why}` });
    };
    const setStatus = async (status: "active" | "closed") => {
      const done = overlay.during(id, { status }, () => api.setStatus(id, status));
      if (status === "closed") {
        const undo = () => void setStatus("active");
        toast({ tone: "plain", text: t`Conversa fechada.`, action: { label: t`Desfazer`, run: undo } });
      }
      await done.catch(failed(status === "closed" ? t`A conversa não foi fechada.` : t`A conversa não foi reaberta.`));
    };
    return {
      setMode(mode) {
        const what = mode === "human" ? t`Você não assumiu a conversa.` : t`A conversa não voltou ao assistente.`;
        overlay.during(id, { mode }, () => api.setMode(id, mode)).catch(failed(what));
      },
      setStatus: (status) => void setStatus(status),
    };
  }, [id, api, overlay, t]);
}
