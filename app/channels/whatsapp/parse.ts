import type { ChannelEvent, DeliveryStatus } from "../channel.ts";
import { type Entry, guarded, NotUnderstood, readEnvelope } from "../meta/envelope.ts";
import { flatten, toMillis } from "../meta/values.ts";
import { readAccountChange } from "./account.ts";
import { readError, readMessage } from "./message.ts";
import * as schemas from "./schemas.ts";

const CHANNEL = "whatsapp";

/** Reads a POST of WhatsApp's. Never throws. @param now Unix milliseconds, for what carries no time of its own. */
export function parseWhatsApp(body: unknown, now: () => number): ChannelEvent[] {
  return readEnvelope(CHANNEL, { objects: ["whatsapp_business_account"], now, change: readChange }, body);
}

function readChange(entry: Entry, raw: unknown): ChannelEvent[] {
  const { field, value } = schemas.change.parse(raw);
  if (field === "messages" || field === "smb_message_echoes" || field === "calls") return readMessages(entry, value);
  return readAccountChange(entry, field, value, raw);
}

/** `messages`, `statuses` and `errors` may stand in one value: all of them count. */
function readMessages(entry: Entry, raw: unknown): ChannelEvent[] {
  const value = schemas.messagesValue.parse(raw);
  const here = { account: value.metadata?.phone_number_id ?? entry.account, at: entry.at };
  const contacts = (value.contacts ?? []).flatMap((one) => schemas.contact.safeParse(one).data ?? []);
  const events: ChannelEvent[] = [];
  const read = (list: unknown[] | undefined, reader: (element: unknown) => ChannelEvent[]) => {
    for (const element of list ?? []) events.push(...guarded(CHANNEL, here, element, reader));
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

/** Ranks in `played` (a voice message was listened to) with `read`. */
const STATUSES: Readonly<Record<string, DeliveryStatus>> = {
  sent: "sent",
  delivered: "delivered",
  read: "read",
  played: "read",
  failed: "failed",
};

function readStatus(entry: Entry, raw: unknown): ChannelEvent[] {
  const row = schemas.status.parse(raw);
  const status = Object.hasOwn(STATUSES, row.status) ? STATUSES[row.status] : undefined;
  const customer = row.recipient_id ?? row.recipient_user_id;
  if (status === undefined) throw new NotUnderstood("status_unknown");
  if (customer === undefined) throw new NotUnderstood("no_recipient");
  const error = readError(row.errors);
  return [
    {
      type: "status",
      channel: CHANNEL,
      account: entry.account,
      at: toMillis(row.timestamp) ?? entry.at,
      customer,
      providerId: row.id,
      status,
      ...(row.biz_opaque_callback_data !== undefined && { correlation: row.biz_opaque_callback_data }),
      ...(error !== undefined && { error }),
    },
  ];
}

/** A call by the customer opens the window like a message does; it cannot be taken here, so it shows as unsupported. */
function readCall(entry: Entry, contacts: readonly schemas.Contact[], raw: unknown): ChannelEvent[] {
  const call = schemas.call.parse(raw);
  if (call.event !== "connect" || call.direction === "BUSINESS_INITIATED") throw new NotUnderstood("call_event");
  const message = { id: call.id, from: call.from, from_user_id: call.from_user_id, timestamp: call.timestamp };
  return readMessage(entry, contacts, { ...message, type: "call" }, "in");
}
