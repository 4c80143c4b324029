import type { Message, Note } from "../data/model.ts";
import { confirmed, type Outgoing } from "./outgoing.ts";

/** What stands in the log: a stored message, or one on its way that looks like it. */
export interface Entry extends Omit<Message, "author"> {
  readonly author: Message["author"] | "note";
  /** Stays the same when a message on its way becomes a stored one. */
  readonly key: string;
  readonly outgoing?: Outgoing;
}

/**
 * Oldest first: the stored messages, then those still on their way; notes stand where they were written.
 * @param newestFirst in any order within one tick of the provider's clock
 * @param notes newest first; those older than the oldest loaded message come with its page
 */
export function entriesOf(
  conversationId: string,
  newestFirst: readonly Message[],
  outgoing: readonly Outgoing[],
  notes: readonly Note[] = [],
  hasMore = false,
): Entry[] {
  const written = confirmed(outgoing, conversationId, newestFirst);
  const stored = newestFirst.map((message) => storedEntry(message, written.get(message.id)?.clientMessageId));
  const seen = new Set([...written.values()].map((item) => item.clientMessageId));
  const waiting = outgoing.filter((item) => item.conversationId === conversationId && !seen.has(item.clientMessageId));
  const ordered = stored.sort((one, other) => one.at - other.at || one.arrivedAt - other.arrivedAt);
  const messages = [...ordered, ...waiting.map(entryOf)];
  const oldest = hasMore ? (messages[0]?.at ?? 0) : 0;
  const shown = notes.filter(({ at }) => at >= oldest).map((note) => noteEntry(note, conversationId));
  return shown.length === 0 ? messages : merged(messages, shown.reverse());
}

/** Both oldest first, and so the result; the messages keep their own order whatever their times say. */
function merged(messages: readonly Entry[], notes: readonly Entry[]): Entry[] {
  const result: Entry[] = [];
  let next = 0;
  for (const message of messages) {
    for (let note = notes[next]; note !== undefined && note.at < message.at; note = notes[next]) {
      result.push(note);
      next += 1;
    }
    result.push(message);
  }
  return [...result, ...notes.slice(next)];
}

const noteEntries = new WeakMap<Note, Entry>();

function noteEntry(note: Note, conversationId: string): Entry {
  const known = noteEntries.get(note);
  if (known !== undefined) return known;
  const { id, author: sender, text, at } = note;
  const entry: Entry = {
    key: `note ${id}`,
    id,
    conversationId,
    sender,
    author: "note",
    text,
    at,
    arrivedAt: at,
    kind: "text",
    attachments: [],
    reactions: [],
  };
  noteEntries.set(note, entry);
  return entry;
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
    arrivedAt: outgoing.at,
    status: outgoing.state === "failed" ? "failed" : "sending",
    kind: "text",
    attachments: outgoing.file === undefined ? [] : [{ type: outgoing.file.type, fileName: outgoing.file.name }],
    reactions: [],
    outgoing,
    ...(outgoing.replyTo?.providerId === undefined ? {} : { replyTo: outgoing.replyTo.providerId }),
  };
}
