import { useLingui } from "@lingui/react/macro";
import { useEffect } from "react";
import { useAgents, useMentions } from "../data/inbox.ts";
import type { Note } from "../data/model.ts";
import { shelf } from "../preferences/preferences.ts";
import type { Shelf } from "../preferences/stored.ts";
import { useSignedIn } from "../session/session.ts";
import { useSelection } from "./navigation.tsx";
import { notify, openConversation } from "./notify.ts";
import { settleToasts, toast } from "./toasts.tsx";

/** When the newest note was written of which this person has been told in this browser, by the person. */
const TOLD_PREFIX = "servio.mentions.";

/**
 * Tells of notes in which a colleague has named this person: as they are written, and on opening the page those from
 * while nobody was there. It stays until it is read: nobody knows when the page is looked at.
 */
export function useMentionAlerts(): void {
  const { t } = useLingui();
  const { uid } = useSignedIn().person;
  const mentions = useMentions();
  const agents = useAgents();
  const { conversationId } = useSelection();
  useEffect(() => {
    if (conversationId !== undefined) settleToasts(aboutNotes(conversationId));
  }, [conversationId]);
  useEffect(() => {
    // A name that is not known yet would be said once, and wrongly.
    if (mentions === undefined || agents.length === 0) return;
    for (const note of takeUntold(shelf, uid, mentions)) {
      if (note.author === uid || (note.conversationId === conversationId && !document.hidden)) continue;
      const author = agents.find(({ id }) => id === note.author)?.name ?? t`Alguém da equipe`;
      const { conversationId: where } = note;
      const text = t`${author} chamou você em uma nota.`;
      const action = { label: t`Abrir`, run: () => openConversation(where) };
      toast({ tone: "plain", text, action, about: aboutNotes(where) });
      notify({ title: text, body: note.text, tag: note.id, conversationId: where });
    }
  }, [mentions, agents, conversationId, uid, t]);
}

const aboutNotes = (conversationId: string) => `notes ${conversationId}`;

/**
 * The notes that are news, the oldest first; from now on they are none. A browser that sees this person for the first
 * time knows nothing of what was read elsewhere, and takes all that there are as read.
 */
export function takeUntold(shelf: Shelf, uid: string, mentions: readonly Note[]): readonly Note[] {
  const stored = shelf.getItem(TOLD_PREFIX + uid);
  const told = Number(stored ?? 0);
  const newest = Math.max(told, ...mentions.map(({ at }) => at));
  if (stored === null || newest > told) shelf.setItem(TOLD_PREFIX + uid, String(newest));
  return stored === null ? [] : mentions.filter(({ at }) => at > told).toReversed();
}
