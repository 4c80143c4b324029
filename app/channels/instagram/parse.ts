import type { ChannelEvent } from "../channel.ts";
import { type Entry, readEnvelope } from "../meta/envelope.ts";
import { readMessaging } from "../meta/messaging.ts";
import { fieldsOf, NotUnderstood, required, textOf } from "../meta/read.ts";

/** Fields of a change whose value has the shape of an element of `messaging`: how the dashboard sends its test events. */
const MESSAGING_FIELDS: ReadonlySet<string> = new Set([
  "messages",
  "message_echoes",
  "message_edit",
  "message_reactions",
  "messaging_handover",
  "messaging_optins",
  "messaging_postbacks",
  "messaging_referral",
  "messaging_seen",
  "standby",
]);

/**
 * Reads a POST of Instagram's. Never throws. The documentation names both `instagram` and `page` as the object.
 *
 * @param now Unix milliseconds, for what carries no time of its own.
 */
export function parseInstagram(body: unknown, now: () => number): ChannelEvent[] {
  return readEnvelope(
    "instagram",
    {
      objects: ["instagram", "page"],
      now,
      messaging: (entry, element, standby) => readMessaging("instagram", entry, element, standby),
      change: readChange,
    },
    body,
  );
}

function readChange(entry: Entry, raw: unknown): ChannelEvent[] {
  const change = fieldsOf(raw, "change");
  const field = required(textOf(change.field), "field");
  if (!MESSAGING_FIELDS.has(field)) throw new NotUnderstood(`field:${field.slice(0, 60)}`);
  return readMessaging("instagram", entry, change.value, field === "standby");
}
