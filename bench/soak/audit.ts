import type { Planned } from "./traffic.ts";

/** What a soak left behind, judged. Pure. */

/** A message as the store has it. Times are the store's own commit times, in Unix milliseconds. */
export interface StoredMessage {
  readonly id: string;
  readonly conversationId: string;
  readonly byBot: boolean;
  readonly providerId?: string;
  readonly committedAt: number;
}

/** A message that Graph took. */
export interface SentMessage {
  readonly to: string;
  /** Our own id of it, which Meta hands back. */
  readonly correlation?: string;
}

export interface Audit {
  readonly stored: number;
  readonly lost: number;
  readonly storedTwice: number;
  readonly conversations: number;
  /** Conversations whose last burst got exactly one answer, sent exactly once. */
  readonly answered: number;
  readonly unanswered: readonly string[];
  readonly answeredTwice: readonly string[];
  /** Messages that reached a customer more than once. */
  readonly sentTwice: readonly string[];
}

/** Every message stored once; every conversation answered once after its last message, by a message that left once. */
export function audit(
  planned: readonly Planned[],
  stored: readonly StoredMessage[],
  sent: readonly SentMessage[],
): Audit {
  const copies = Map.groupBy(
    stored.filter((message) => !message.byBot),
    (message) => message.providerId ?? "",
  );
  const counts = planned.map((message) => copies.get(message.providerId)?.length ?? 0);
  const sends = Map.groupBy(sent, (message) => message.correlation ?? "");
  const byConversation = Map.groupBy(stored, (message) => message.conversationId);
  const conversations = [...new Set(planned.map(({ channel, customer }) => `${channel}_${customer}`))];
  const answers = conversations.map((id) => answersToLast(byConversation.get(id) ?? [], sends));
  const where = (wanted: (count: number) => boolean): string[] =>
    conversations.filter((_id, index) => wanted(answers[index] ?? 0));
  return {
    stored: counts.filter((count) => count > 0).length,
    lost: counts.filter((count) => count === 0).length,
    storedTwice: counts.filter((count) => count > 1).length,
    conversations: conversations.length,
    answered: where((count) => count === 1).length,
    unanswered: where((count) => count === 0),
    answeredTwice: where((count) => count > 1),
    sentTwice: [...sends].filter(([id, copies]) => id !== "" && copies.length > 1).map(([id]) => id),
  };
}

/** How many of the bot's messages that came after the customer's last one have left. */
function answersToLast(messages: readonly StoredMessage[], sends: ReadonlyMap<string, unknown>): number {
  const last = Math.max(...messages.filter((message) => !message.byBot).map((message) => message.committedAt));
  return messages.filter((message) => message.byBot && message.committedAt > last && sends.has(message.id)).length;
}
