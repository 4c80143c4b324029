import type { Message } from "../data/model.ts";
import { confirmed, type Outgoing } from "./outgoing.ts";

/** What stands in the log: a stored message, or one on its way that looks like it. */
export interface Entry extends Message {
  /** Stays the same when a message on its way becomes a stored one. */
  readonly key: string;
  readonly outgoing?: Outgoing;
}

/** Oldest first: the stored messages, then those still on their way. */
export function entriesOf(
  conversationId: string,
  newestFirst: readonly Message[],
  outgoing: readonly Outgoing[],
): Entry[] {
  const written = confirmed(outgoing, conversationId, newestFirst);
  const stored = newestFirst.map((message) => storedEntry(message, written.get(message.id)?.clientMessageId));
  const seen = new Set([...written.values()].map((item) => item.clientMessageId));
  const waiting = outgoing.filter((item) => item.conversationId === conversationId && !seen.has(item.clientMessageId));
  return [...stored.reverse(), ...waiting.map(entryOf)];
}

const plainEntries = new WeakMap<Message, Entry>();

/** The same message gives the same entry, so that only bubbles that changed are drawn again. */
function storedEntry(message: Message, clientMessageId: string | undefined): Entry {
  if (clientMessageId !== undefined) return { ...message, key: clientMessageId };
  const entry = plainEntries.get(message) ?? { ...message, key: message.id };
  plainEntries.set(message, entry);
  return entry;
}

function entryOf(outgoing: Outgoing): Entry {
  return {
    key: outgoing.clientMessageId,
    id: outgoing.clientMessageId,
    conversationId: outgoing.conversationId,
    sender: "",
    author: "person",
    text: outgoing.text,
    at: outgoing.at,
    status: outgoing.state === "failed" ? "failed" : "sending",
    kind: "text",
    attachments: [],
    reactions: [],
    outgoing,
  };
}
