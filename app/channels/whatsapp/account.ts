import type { AccountEvent, ChannelEvent } from "../channel.ts";
import { collect, type Entry } from "../meta/envelope.ts";
import { fieldsOf, listOf, maybeFields, NotUnderstood, partyOf, required } from "../meta/read.ts";
import { flatten, toMillis } from "../meta/values.ts";
import { readMessage } from "./message.ts";

const CHANNEL = "whatsapp";

/** News about the account, its numbers and its templates. */
const ACCOUNT_FIELDS: ReadonlySet<string> = new Set([
  "account_alerts",
  "account_review_update",
  "account_settings_update",
  "account_update",
  "business_capability_update",
  "business_status_update",
  "flows",
  "message_template_components_update",
  "message_template_quality_update",
  "message_template_status_update",
  "partner_solutions",
  "payment_configuration_update",
  "phone_number_name_update",
  "phone_number_quality_update",
  "security",
  "smb_app_state_sync",
  "template_category_update",
  "template_correct_category_detection",
  "tracking_events",
  "user_id_update",
]);

/** Every field of a change but the messages themselves. */
export function readAccountChange(entry: Entry, field: string, value: unknown): ChannelEvent[] {
  const account = partyOf(maybeFields(maybeFields(value)?.metadata)?.phone_number_id) ?? entry.account;
  const here: Entry = { account, at: entry.at };
  if (field === "user_preferences") return readPreferences(here, value);
  if (field === "history") return readHistory(here, value);
  if (ACCOUNT_FIELDS.has(field)) return [accountEvent(here, field, value)];
  throw new NotUnderstood(`field:${field.slice(0, 60)}`);
}

function accountEvent(entry: Entry, field: string, value: unknown): AccountEvent {
  return { type: "account", channel: CHANNEL, account: entry.account, at: entry.at, field, detail: flatten(value) };
}

function readPreferences(entry: Entry, value: unknown): ChannelEvent[] {
  const rows = listOf(fieldsOf(value, "value").user_preferences);
  return readEach(entry, rows, (raw) => {
    const row = fieldsOf(raw, "preference");
    const customer = partyOf(row.wa_id) ?? partyOf(row.user_id);
    if (customer === undefined) throw new NotUnderstood("no_sender");
    if (row.value !== "stop" && row.value !== "resume") throw new NotUnderstood("preference_unknown");
    const at = toMillis(row.timestamp) ?? entry.at;
    return [
      { type: "preference", channel: CHANNEL, account: entry.account, at, customer, optOut: row.value === "stop" },
    ];
  });
}

/** Messages from before a number of the WhatsApp Business app was connected: stored, never answered. */
function readHistory(entry: Entry, value: unknown): ChannelEvent[] {
  return readEach(entry, listOf(fieldsOf(value, "value").history), (raw) => {
    const chunk = fieldsOf(raw, "history");
    if (!Array.isArray(chunk.threads)) return [accountEvent(entry, "history", raw)];
    return readEach(entry, chunk.threads, (thread) => readThread(entry, thread));
  });
}

function readThread(entry: Entry, raw: unknown): ChannelEvent[] {
  const thread = fieldsOf(raw, "thread");
  const customer = required(partyOf(thread.id), "thread.id");
  return readEach(entry, listOf(thread.messages), (one) => {
    const message = fieldsOf(one, "message");
    if (partyOf(message.from) === customer) return readMessage(entry, [], message, "in", true);
    return readMessage(entry, [], { ...message, to: customer }, "echo", true);
  });
}

/** At least one event: an empty list is kept raw by the caller. */
function readEach(
  entry: Entry,
  list: readonly unknown[],
  reader: (element: unknown) => ChannelEvent[],
): ChannelEvent[] {
  const events: ChannelEvent[] = [];
  for (const one of list) collect(events, CHANNEL, entry, one, () => reader(one));
  if (events.length === 0) throw new NotUnderstood("change_empty");
  return events;
}
