import type { ChannelEvent, DeliveryStatus } from "../channel.ts";
import { collect, type Entry, readEnvelope } from "../meta/envelope.ts";
import { fieldsOf, listOf, maybeFields, messageIdOf, NotUnderstood, partyOf, required, textOf } from "../meta/read.ts";
import { flatten, toMillis } from "../meta/values.ts";
import { readAccountChange } from "./account.ts";
import { readError, readMessage } from "./message.ts";

/**
 * WhatsApp Cloud API payloads.
 * Source: https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference
 */

const CHANNEL = "whatsapp";
const OBJECTS = ["whatsapp_business_account"] as const;

/** Reads a POST of WhatsApp's. Never throws. @param now Unix milliseconds, for what carries no time of its own. */
export function parseWhatsApp(body: unknown, now: () => number): ChannelEvent[] {
  return readEnvelope(CHANNEL, { objects: OBJECTS, now, change: readChange }, body);
}

function readChange(entry: Entry, raw: unknown): ChannelEvent[] {
  const change = fieldsOf(raw, "change");
  const field = required(textOf(change.field), "field");
  if (field === "messages" || field === "smb_message_echoes" || field === "calls") {
    return readMessages(entry, change.value);
  }
  return readAccountChange(entry, field, change.value);
}

/** `messages`, `statuses` and `errors` may stand in one value: all of them count. */
function readMessages(entry: Entry, raw: unknown): ChannelEvent[] {
  const value = fieldsOf(raw, "value");
  const here: Entry = { account: partyOf(maybeFields(value.metadata)?.phone_number_id) ?? entry.account, at: entry.at };
  const contacts = listOf(value.contacts);
  const events: ChannelEvent[] = [];
  const read = (list: unknown, reader: (element: unknown) => ChannelEvent[]) => {
    for (const element of listOf(list)) collect(events, CHANNEL, here, element, () => reader(element));
  };
  read(value.messages, (one) => readMessage(here, contacts, one, "in"));
  read(value.message_echoes, (one) => readMessage(here, contacts, one, "echo"));
  read(value.statuses, (one) => readStatus(here, one));
  read(value.calls, (one) => readCall(here, contacts, one));
  read(value.errors, (one) => [
    { type: "account", channel: CHANNEL, account: here.account, at: here.at, field: "errors", detail: flatten(one) },
  ]);
  if (events.length === 0) throw new NotUnderstood("change_empty");
  return events;
}

/** `played` (a voice message was listened to) ranks with `read`. */
const STATUSES: ReadonlyMap<unknown, DeliveryStatus> = new Map([
  ["sent", "sent"],
  ["delivered", "delivered"],
  ["read", "read"],
  ["played", "read"],
  ["failed", "failed"],
]);

/** "User has stopped marketing messages": often the only word about it, where `user_preferences` is not subscribed. */
const STOPPED_MARKETING = 131050;

function readStatus(entry: Entry, raw: unknown): ChannelEvent[] {
  const row = fieldsOf(raw, "status");
  const providerId = required(messageIdOf(row.id), "status.id");
  const status = STATUSES.get(row.status);
  const customer = partyOf(row.recipient_id) ?? partyOf(row.recipient_user_id);
  if (status === undefined) throw new NotUnderstood("status_unknown");
  if (customer === undefined) throw new NotUnderstood("no_recipient");
  const correlation = textOf(row.biz_opaque_callback_data);
  const error = readError(row.errors);
  const base = { channel: CHANNEL, account: entry.account, at: toMillis(row.timestamp) ?? entry.at, customer } as const;
  const told: ChannelEvent = {
    type: "status",
    ...base,
    providerId,
    status,
    ...(correlation !== undefined && { correlation }),
    ...(error !== undefined && { error }),
  };
  return error?.code === STOPPED_MARKETING ? [told, { type: "preference", ...base, optOut: true }] : [told];
}

/** A call by the customer opens the window like a message does; it cannot be taken here, so it shows as unsupported. */
function readCall(entry: Entry, contacts: readonly unknown[], raw: unknown): ChannelEvent[] {
  const call = fieldsOf(raw, "call");
  if (call.event !== "connect" || call.direction === "BUSINESS_INITIATED") throw new NotUnderstood("call_event");
  const { id, from, from_user_id, timestamp } = call;
  return readMessage(entry, contacts, { id, from, from_user_id, timestamp, type: "call" }, "in");
}
