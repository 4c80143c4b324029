import type { ChannelEvent, MetaChannelName, UnknownEvent } from "../channel.ts";
import { listOf, maybeFields, NotUnderstood, partyOf, textOf } from "./read.ts";
import { rawOf, toMillis } from "./values.ts";

export interface Entry {
  /** WhatsApp business account, Page or Instagram account; empty when the payload does not say. */
  readonly account: string;
  /** Unix milliseconds of the entry, else the time of arrival. */
  readonly at: number;
}

/** How a channel reads one element of a list; it may throw, which makes that element an `unknown` event. */
export interface Readers {
  readonly objects: readonly string[];
  readonly now: () => number;
  change(entry: Entry, change: unknown): ChannelEvent[];
  messaging?(entry: Entry, element: unknown, standby: boolean): ChannelEvent[];
}

/**
 * Reads a whole POST: `{object, entry: [{id, time, changes | messaging | standby}]}`. It may carry up to 1,000 updates of
 * several accounts; each is taken by itself, so that one that is not understood never costs its neighbours. Never throws.
 */
export function readEnvelope(channel: MetaChannelName, readers: Readers, body: unknown): ChannelEvent[] {
  const envelope = maybeFields(body);
  const nowhere: Entry = { account: "", at: readers.now() };
  if (!envelope || !Array.isArray(envelope.entry))
    return [unknownEvent(channel, nowhere, "envelope_not_understood", body)];
  const object = textOf(envelope.object);
  if (object === undefined || !readers.objects.includes(object)) {
    return [unknownEvent(channel, nowhere, "object_not_expected", body)];
  }
  const events: ChannelEvent[] = [];
  for (const entry of envelope.entry as unknown[]) readEntry(channel, readers, entry, events);
  return events.length > 0 ? events : [unknownEvent(channel, nowhere, "envelope_empty", body)];
}

function readEntry(channel: MetaChannelName, readers: Readers, raw: unknown, events: ChannelEvent[]): void {
  const fields = maybeFields(raw);
  const entry: Entry = { account: partyOf(fields?.id) ?? "", at: toMillis(fields?.time) ?? readers.now() };
  if (!fields) {
    events.push(unknownEvent(channel, entry, "entry_not_understood", raw));
    return;
  }
  const before = events.length;
  for (const one of listOf(fields.changes)) collect(events, channel, entry, one, () => readers.change(entry, one));
  const { messaging } = readers;
  if (messaging) {
    for (const one of listOf(fields.messaging))
      collect(events, channel, entry, one, () => messaging(entry, one, false));
    for (const one of listOf(fields.standby)) collect(events, channel, entry, one, () => messaging(entry, one, true));
  }
  if (events.length === before) events.push(unknownEvent(channel, entry, "entry_empty", raw));
}

/** Adds what a reader makes of an element; what it does not understand is added raw instead. */
export function collect(
  events: ChannelEvent[],
  channel: MetaChannelName,
  entry: Entry,
  element: unknown,
  reader: () => ChannelEvent[],
): void {
  try {
    for (const event of reader()) events.push(event);
  } catch (error) {
    events.push(unknownEvent(channel, entry, reasonOf(error), element));
  }
}

export function unknownEvent(channel: MetaChannelName, entry: Entry, reason: string, raw: unknown): UnknownEvent {
  return {
    type: "unknown",
    channel,
    account: entry.account,
    at: entry.at,
    // A reason may quote a name out of the payload, or a part of one.
    reason: reason.toWellFormed(),
    raw: rawOf(raw),
  };
}

function reasonOf(error: unknown): string {
  return error instanceof NotUnderstood ? error.message : "element_not_understood";
}
