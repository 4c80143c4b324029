import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { useAgents, useMentions } from "../data/inbox.ts";
import { notifications } from "../preferences/preferences.ts";
import { go, useSelection } from "./navigation.tsx";
import { toast } from "./toasts.tsx";

/** Tells of notes in which a colleague has named this person; those from before the page was opened are no news. */
export function useMentionAlerts(): void {
  const { t } = useLingui();
  const mentions = useMentions();
  const agents = useAgents();
  const { conversationId } = useSelection();
  const newestAt = useRef<number>(undefined);
  useEffect(() => {
    if (mentions === undefined) return;
    const before = newestAt.current;
    newestAt.current = Math.max(before ?? 0, mentions[0]?.at ?? 0);
    if (before === undefined) return;
    for (const note of mentions.filter(({ at }) => at > before).toReversed()) {
      if (note.conversationId === conversationId && !document.hidden) continue;
      const author = agents.find(({ id }) => id === note.author)?.name ?? t`Alguém da equipe`;
      const open = () => go({ page: "inbox", conversationId: note.conversationId, filter: { view: "open" } });
      const text = t`${author} chamou você em uma nota.`;
      toast({ tone: "plain", text, action: { label: t`Abrir`, run: open } });
      if (notifications.get() !== "on" || Notification.permission !== "granted") continue;
      const notice = new Notification(text, { body: note.text, tag: note.id, icon: "/icon.svg" });
      notice.onclick = () => {
        window.focus();
        open();
        notice.close();
      };
    }
  }, [mentions, agents, conversationId, t]);
}
