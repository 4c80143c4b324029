import type { Shelf } from "../preferences/stored.ts";

const PREFIX = "servio.draft.";

/** What was typed and not sent, by person and conversation: it survives a switch, a reload and a lost connection. */
export interface Drafts {
  read(conversationId: string): string;
  write(conversationId: string, text: string): void;
}

/** @param uid whose drafts they are: two people may share a machine */
export function drafts(shelf: Shelf, uid: string): Drafts {
  const key = (conversationId: string) => `${PREFIX}${uid}.${conversationId}`;
  return {
    read: (conversationId) => shelf.getItem(key(conversationId)) ?? "",
    write(conversationId, text) {
      if (text.trim() === "") shelf.removeItem(key(conversationId));
      else shelf.setItem(key(conversationId), text);
    },
  };
}

const RETURNED_EVENT = "servio:draft";

/** Puts words back into the box that they were sent from. */
export function returnDraft(conversationId: string, text: string): void {
  window.dispatchEvent(new CustomEvent(RETURNED_EVENT, { detail: { conversationId, text } }));
}

/** Listens for words that come back. @returns how to stop */
export function onReturnedDraft(conversationId: string, listener: (text: string) => void): () => void {
  const onEvent = (event: Event) => {
    const detail: unknown = event instanceof CustomEvent ? event.detail : undefined;
    if (typeof detail !== "object" || detail === null) return;
    if ("conversationId" in detail && detail.conversationId === conversationId && "text" in detail)
      listener(String(detail.text));
  };
  window.addEventListener(RETURNED_EVENT, onEvent);
  return () => window.removeEventListener(RETURNED_EVENT, onEvent);
}
