import type { Message } from "../data/model.ts";
import { type Outgoing, unconfirmed } from "./outgoing.ts";

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
  const stored = newestFirst.map((message) => ({ ...message, key: message.clientMessageId ?? message.id })).reverse();
  const waiting = unconfirmed(outgoing, conversationId, newestFirst).map((item) => entryOf(item));
  return [...stored, ...waiting];
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
