import { useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import { useInbox } from "../data/inbox.ts";
import type { Conversation } from "../data/model.ts";
import type { Patch } from "../data/overlay.ts";
import { useSignedIn } from "../session/session.ts";
import { useProblemWords } from "../shell/problem-words.ts";
import { toast } from "../shell/toasts.tsx";

export interface ConversationActions {
  setMode(mode: "bot" | "human"): void;
  setStatus(status: "active" | "closed"): void;
  /** Gives it to somebody (by uid), or takes it from whoever has it. */
  assign(to: string | undefined): void;
  /** @param until Unix milliseconds; undefined takes it up again */
  snooze(until: number | undefined): void;
}

/** What can be done with a conversation: shown at once, taken back in words when the API refuses. */
export function useActions(conversation: Pick<Conversation, "id">): ConversationActions {
  const { t } = useLingui();
  const { api, overlay } = useInbox();
  const { person } = useSignedIn();
  const words = useProblemWords();
  const { id } = conversation;
  return useMemo(() => {
    const act = (patch: Patch, run: () => Promise<void>, failed: string) => {
      overlay.during(id, patch, run).catch((reason) => toast({ tone: "bad", text: `${failed} ${words(reason)}` }));
    };
    const setStatus = (status: "active" | "closed") => {
      const failed = status === "closed" ? t`A conversa não foi fechada.` : t`A conversa não foi reaberta.`;
      act({ status }, () => api.setStatus(id, status), failed);
      if (status === "active") return;
      const undo = () => setStatus("active");
      toast({ tone: "plain", text: t`Conversa fechada.`, action: { label: t`Desfazer`, run: undo } });
    };
    const snooze = (until: number | undefined) => {
      const patch: Patch = { snooze: until === undefined ? undefined : { until, at: Date.now() } };
      act(patch, () => api.snooze(id, until ?? null), t`A conversa não foi adiada.`);
      if (until === undefined) return;
      const undo = () => snooze(undefined);
      toast({ tone: "plain", text: t`Conversa adiada.`, action: { label: t`Desfazer`, run: undo } });
    };
    return {
      setStatus,
      setMode(mode) {
        const failed = mode === "human" ? t`Você não assumiu a conversa.` : t`A conversa não voltou ao assistente.`;
        const patch: Patch = mode === "human" ? { mode, assignedTo: person.uid } : { mode, assignedTo: undefined };
        act({ ...patch, needsPerson: false }, () => api.setMode(id, mode), failed);
      },
      assign(to) {
        act({ assignedTo: to }, () => api.assign(id, to ?? null), t`A conversa não mudou de mãos.`);
      },
      snooze,
    };
  }, [id, api, overlay, person.uid, words, t]);
}
