import type { VisitorFile, VisitorMessage } from "./api.ts";

/** A message as the page shows it. */
export interface ChatMessage {
  /** The same before and after the server has named it, so that nothing on the screen is made anew. */
  readonly key: string;
  readonly author: "visitor" | "bot" | "team";
  readonly text: string;
  /** Unix milliseconds. */
  readonly at: number;
  /** Of the visitor's own. `waiting`: for the connection. */
  readonly delivery?: "sending" | "waiting" | "sent" | "failed";
  /** The server's code, where it refused the message for good. */
  readonly refusal?: string;
  readonly read: boolean;
  readonly deleted: boolean;
  readonly files: readonly VisitorFile[];
  /** Of a file that is on its way. */
  readonly fileName?: string;
}

/** What the visitor has written and the server does not have yet. */
export interface Unsent {
  readonly clientMessageId: string;
  readonly text: string;
  readonly uploadId?: string;
  readonly fileName?: string;
  readonly at: number;
  readonly name?: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly refusal?: string;
}

/** What the server has told, by id; the newest word about each counts. */
export type Known = ReadonlyMap<string, VisitorMessage>;

/** @returns the same map when nothing was new */
export function withMessages(known: Known, news: readonly VisitorMessage[]): Known {
  const changed = news.filter((message) => JSON.stringify(known.get(message.id)) !== JSON.stringify(message));
  if (changed.length === 0) return known;
  const next = new Map(known);
  // A mark that is on its way may be overtaken by an older picture of the same message.
  for (const message of changed) {
    const read = message.read === true || known.get(message.id)?.read === true;
    next.set(message.id, message.read === undefined ? message : { ...message, read });
  }
  return next;
}

/** Everything in the order in which it was said, what has not left at the end. */
export function listed(known: Known, unsent: readonly Unsent[], isSending: (id: string) => boolean): ChatMessage[] {
  const arrived = new Set([...known.values()].map(({ clientMessageId }) => clientMessageId));
  const told = [...known.values()].map(
    (message): ChatMessage => ({
      key: message.clientMessageId ?? message.id,
      author: message.author,
      text: message.text,
      at: Date.parse(message.at),
      read: message.read ?? false,
      deleted: message.deleted ?? false,
      files: message.files ?? [],
      ...(message.author === "visitor" && { delivery: "sent" as const }),
    }),
  );
  const waiting = unsent
    .filter(({ clientMessageId }) => !arrived.has(clientMessageId))
    .map(
      (message): ChatMessage => ({
        key: message.clientMessageId,
        author: "visitor",
        text: message.text,
        at: message.at,
        read: false,
        deleted: false,
        files: [],
        ...(message.fileName !== undefined && { fileName: message.fileName }),
        delivery: message.refusal ? "failed" : isSending(message.clientMessageId) ? "sending" : "waiting",
        ...(message.refusal !== undefined && { refusal: message.refusal }),
      }),
    );
  return [...told.sort((a, b) => a.at - b.at), ...waiting];
}

/** Ours that the visitor has not seen. */
export function unreadOf(known: Known): VisitorMessage[] {
  return [...known.values()].filter((message) => message.author !== "visitor" && message.read === false);
}
