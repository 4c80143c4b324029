import * as z from "zod";
import type { ChannelEvent, MetaChannelName, UnknownEvent } from "../channel.ts";
import { partyId, rawOf, toMillis } from "./values.ts";

/**
 * The shell around every payload of Meta's: `{object, entry: [{id, time, changes | messaging | standby}]}`. One POST may
 * carry up to 1,000 updates of several accounts; each is taken by itself, so that one that is not understood never costs
 * its neighbours.
 */
const envelope = z.object({ object: z.string().optional(), entry: z.array(z.unknown()) });
const entrySchema = z.object({
  id: partyId.optional().catch(undefined),
  time: z.unknown().optional(),
  changes: z.array(z.unknown()).optional().catch(undefined),
  messaging: z.array(z.unknown()).optional().catch(undefined),
  standby: z.array(z.unknown()).optional().catch(undefined),
});

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

/** Reads a whole POST. Never throws. */
export function readEnvelope(channel: MetaChannelName, readers: Readers, body: unknown): ChannelEvent[] {
  const parsed = envelope.safeParse(body);
  const here: Entry = { account: "", at: readers.now() };
  if (!parsed.success) return [unknownEvent(channel, here, "envelope_not_understood", body)];
  const { object, entry: entries } = parsed.data;
  if (object === undefined || !readers.objects.includes(object)) {
    return [unknownEvent(channel, here, "object_not_expected", body)];
  }
  if (entries.length === 1) return readEntry(channel, readers, entries[0]);
  return entries.flatMap((entry) => readEntry(channel, readers, entry));
}

function readEntry(channel: MetaChannelName, readers: Readers, raw: unknown): ChannelEvent[] {
  const parsed = entrySchema.safeParse(raw);
  if (!parsed.success) {
    return [unknownEvent(channel, { account: "", at: readers.now() }, "entry_not_understood", raw)];
  }
  const { id, time, changes, messaging, standby } = parsed.data;
  const entry: Entry = { account: id ?? "", at: toMillis(time) ?? readers.now() };
  const events: ChannelEvent[] = [];
  const read = (element: unknown, reader: (element: unknown) => ChannelEvent[]) =>
    events.push(...guarded(channel, entry, element, reader));
  for (const change of changes ?? []) read(change, (one) => readers.change(entry, one));
  if (readers.messaging) {
    const reader = readers.messaging;
    for (const element of messaging ?? []) read(element, (one) => reader(entry, one, false));
    for (const element of standby ?? []) read(element, (one) => reader(entry, one, true));
  }
  if (events.length === 0) events.push(unknownEvent(channel, entry, "entry_empty", raw));
  return events;
}

/** What a reader throws or does not recognise is kept raw instead. */
export function guarded(
  channel: MetaChannelName,
  entry: Entry,
  element: unknown,
  reader: (element: unknown) => ChannelEvent[],
): ChannelEvent[] {
  try {
    return reader(element);
  } catch (error) {
    return [unknownEvent(channel, entry, reasonOf(error), element)];
  }
}

/** Thrown by a reader with a stable reason: the element is kept raw under it. */
export class NotUnderstood extends Error {}

export function unknownEvent(channel: MetaChannelName, entry: Entry, reason: string, raw: unknown): UnknownEvent {
  return { type: "unknown", channel, account: entry.account, at: entry.at, reason, raw: rawOf(raw) };
}

function reasonOf(error: unknown): string {
  if (error instanceof NotUnderstood) return error.message;
  if (error instanceof z.ZodError) return `shape:${error.issues[0]?.path.join(".") ?? ""}`;
  return "element_not_understood";
}
