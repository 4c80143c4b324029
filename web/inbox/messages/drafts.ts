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
