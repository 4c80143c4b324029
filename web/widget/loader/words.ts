import type { Locale } from "../protocol.ts";

interface Words {
  readonly open: string;
  readonly close: string;
  readonly chat: string;
  /** With the count before it. */
  readonly unread: string;
  readonly trouble: string;
}

/** The few words that stand on the website's own page. */
export const WORDS: Readonly<Record<Locale, Words>> = {
  pt: {
    open: "Abrir o chat",
    close: "Fechar o chat",
    chat: "Chat",
    unread: "não lidas",
    trouble: "O chat não abriu. Tente de novo daqui a pouco.",
  },
  en: {
    open: "Open the chat",
    close: "Close the chat",
    chat: "Chat",
    unread: "unread",
    trouble: "The chat did not open. Please try again in a moment.",
  },
  es: {
    open: "Abrir el chat",
    close: "Cerrar el chat",
    chat: "Chat",
    unread: "sin leer",
    trouble: "El chat no se abrió. Inténtalo de nuevo en un momento.",
  },
};
