import type { Message } from "../data/model.ts";
import { dayKey, type TimeStyle } from "../format/time.ts";

/** Messages of one author within this time stand together. */
export const GROUP_MS = 5 * 60_000;

export interface DayLine {
  readonly type: "day";
  readonly key: string;
  readonly at: number;
}

export interface Bubble<M> {
  readonly type: "message";
  readonly key: string;
  readonly message: M;
  /** First and last of messages that stand together: names go above the first, corners round off at the last. */
  readonly first: boolean;
  readonly last: boolean;
}

export type LogItem<M> = DayLine | Bubble<M>;

type Grouped = Pick<Message, "id" | "at" | "sender"> & { readonly author: string };

/** Oldest first: day lines where the calendar day changes, and which messages stand together. */
export function groupMessages<M extends Grouped>(messages: readonly M[], style: TimeStyle): LogItem<M>[] {
  const days = messages.map((message) => dayKey(message.at, style));
  return messages.flatMap((message, index): LogItem<M>[] => {
    const newDay = days[index] !== days[index - 1];
    const first = newDay || !together(messages[index - 1], message);
    const last = days[index] !== days[index + 1] || !together(message, messages[index + 1]);
    const bubble: Bubble<M> = { type: "message", key: message.id, message, first, last };
    return newDay ? [{ type: "day", key: `day ${days[index]}`, at: message.at }, bubble] : [bubble];
  });
}

function together(earlier: Grouped | undefined, later: Grouped | undefined): boolean {
  if (earlier === undefined || later === undefined) return false;
  return earlier.author === later.author && earlier.sender === later.sender && later.at - earlier.at <= GROUP_MS;
}
