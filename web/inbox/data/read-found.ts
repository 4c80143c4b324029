import { isDoc, text } from "./fields.ts";
import type { Conversation } from "./model.ts";
import { readConversation } from "./read.ts";

/**
 * A conversation that the API found, as a row of the list: where a message was found, with it in place of the last one.
 * `undefined` for what is none.
 */
export function readFound(value: unknown): Conversation | undefined {
  if (!isDoc(value) || !isDoc(value.conversation)) return undefined;
  const { conversation, message } = value;
  const id = text(conversation.id);
  if (id === undefined) return undefined;
  const row = readConversation(id, {
    ...conversation,
    lastMessageAt: moment(conversation.lastMessageAt),
    windowExpiresAt: moment(conversation.windowExpiresAt),
  });
  const at = isDoc(message) ? moment(message.timestamp)?.toMillis() : undefined;
  if (!isDoc(message) || at === undefined) return row;
  return {
    ...row,
    lastMessage: text(message.text) ?? "",
    lastMessageAt: at,
    lastMessageSender: text(message.sender) ?? "",
  };
}

/** The API writes times as ISO 8601, documents hold timestamps. */
function moment(value: unknown): { toMillis(): number } | undefined {
  const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : { toMillis: () => at };
}
