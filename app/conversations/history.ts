import type { Timestamp } from "firebase-admin/firestore";
import type { Turn } from "../assistant/assistant.ts";
import type { MessageKind } from "../channels/channel.ts";
import { type Conversation, customerOf, type Message } from "./model.ts";

/** How many messages the model sees. */
export const HISTORY_LIMIT = 20;

/** What stands for a message without words of its own. */
const KIND_LABELS: Readonly<Partial<Record<MessageKind, string>>> = {
  image: "imagem",
  video: "vídeo",
  audio: "áudio",
  document: "documento",
  sticker: "figurinha",
  location: "localização",
  contacts: "contato",
  order: "pedido",
  share: "publicação compartilhada",
  story_reply: "resposta a um story",
  story_mention: "menção em um story",
  unsupported: "mensagem não suportada",
};

export interface Reading {
  /** Oldest first; what is to be answered comes last. */
  readonly turns: Turn[];
  /** The newest message by the provider's clock, whatever the order of arrival. */
  readonly newest: Message | undefined;
  /** The newest message by the customer. */
  readonly newestInbound: Message | undefined;
  /** When the oldest message that waits was written, in Unix milliseconds; absent: nothing waits. */
  readonly waitingSince?: number;
  /** Our ids of what waits and was not unsent. */
  readonly waiting: readonly string[];
  /** Everything that waits was unsent by the customer. */
  readonly nothingLeft: boolean;
}

/**
 * What the last messages say. Unanswered ones (the last `unanswered` to arrive) stand at the end even when the provider
 * delivered them late, so that the model answers them and not its own last words.
 *
 * @param newestFirst by the provider's clock, in any order within one of its ticks
 */
export function readHistory(conversation: Conversation, newestFirst: readonly Message[], unanswered: number): Reading {
  const customer = customerOf(conversation);
  const messages = newestFirst.toSorted(
    (a, b) => compare(b.timestamp, a.timestamp) || compare(b.createdAt, a.createdAt),
  );
  const byCustomer = messages.filter((message) => message.sender === customer);
  const open = new Set(
    byArrival(byCustomer)
      .slice(-unanswered)
      .map((message) => message.id),
  );
  const since = conversation.botSince?.toMillis() ?? 0;
  const kept = messages
    .filter((message) => message.deletedAt === undefined && message.createdAt.toMillis() >= since)
    // What the customer never got was not said.
    .filter(({ status }) => status !== "failed")
    .toReversed();
  const waiting = kept.filter(({ id }) => open.has(id));
  const ordered = [...kept.filter(({ id }) => !open.has(id)), ...waiting];
  return {
    turns: ordered.map((message) => turnOf(message, customer)),
    newest: messages[0],
    newestInbound: byCustomer[0],
    ...(waiting.length > 0 && { waitingSince: Math.min(...waiting.map(({ timestamp }) => timestamp.toMillis())) }),
    waiting: waiting.map(({ id }) => id),
    nothingLeft: open.size > 0 && waiting.length === 0,
  };
}

function byArrival(messages: readonly Message[]): Message[] {
  return messages.toSorted((a, b) => compare(a.createdAt, b.createdAt) || compare(a.timestamp, b.timestamp));
}

/** To the microsecond. */
function compare(a: Timestamp, b: Timestamp): number {
  return a.seconds - b.seconds || a.nanoseconds - b.nanoseconds;
}

function turnOf(message: Message, customer: string): Turn {
  const author = message.senderType === "bot" ? "bot" : message.sender === customer ? "customer" : "person";
  return { author, text: wordsOf(message), at: message.timestamp.toMillis() };
}

/** `[imagem] legenda`, or the text alone: for the model and for the list of conversations. */
export function wordsOf(message: Pick<Message, "kind" | "text">): string {
  const label = message.kind === undefined ? undefined : KIND_LABELS[message.kind];
  return label === undefined ? message.text : `[${label}] ${message.text}`.trimEnd();
}
