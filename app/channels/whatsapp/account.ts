import type { AccountEvent, ChannelEvent } from "../channel.ts";
import { type Entry, guarded, NotUnderstood } from "../meta/envelope.ts";
import { flatten, toMillis } from "../meta/values.ts";
import { readMessage } from "./message.ts";
import * as schemas from "./schemas.ts";

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
export function readAccountChange(entry: Entry, field: string, value: unknown, raw: unknown): ChannelEvent[] {
  if (field === "user_preferences") return readPreferences(entry, value);
  if (field === "history") return readHistory(entry, value);
  if (ACCOUNT_FIELDS.has(field)) return [accountEvent(entry, field, value)];
  throw new NotUnderstood(`field:${field.slice(0, 60)}`, { cause: raw });
}

function accountEvent(entry: Entry, field: string, value: unknown): AccountEvent {
  return { type: "account", channel: CHANNEL, account: entry.account, at: entry.at, field, detail: flatten(value) };
}

function readPreferences(entry: Entry, value: unknown): ChannelEvent[] {
  const here = { account: accountOf(value) ?? entry.account, at: entry.at };
  return schemas.preferences.parse(value).user_preferences.flatMap((one) =>
    guarded(CHANNEL, here, one, (raw) => {
      const row = schemas.preference.parse(raw);
      const customer = row.wa_id ?? row.user_id;
      if (customer === undefined) throw new NotUnderstood("no_sender");
      const at = toMillis(row.timestamp) ?? here.at;
      const optOut = row.value === "stop";
      return [{ type: "preference", channel: CHANNEL, account: here.account, at, customer, optOut }];
    }),
  );
}

/** Messages from before a number of the WhatsApp Business app was connected: stored, never answered. */
function readHistory(entry: Entry, value: unknown): ChannelEvent[] {
  const here = { account: accountOf(value) ?? entry.account, at: entry.at };
  return schemas.historyValue.parse(value).history.flatMap((chunk) =>
    guarded(CHANNEL, here, chunk, (raw) => {
      const threads = schemas.historyChunk.parse(raw).threads;
      if (!threads) return [accountEvent(here, "history", raw)];
      return threads.flatMap((thread) => guarded(CHANNEL, here, thread, (one) => readThread(here, one)));
    }),
  );
}

function readThread(entry: Entry, raw: unknown): ChannelEvent[] {
  const thread = schemas.historyThread.parse(raw);
  return thread.messages.flatMap((one) =>
    guarded(CHANNEL, entry, one, (message) => {
      const from = schemas.message.parse(message).from;
      if (from === thread.id) return readMessage(entry, [], message, "in", true);
      return readMessage(entry, [], { ...(message as object), to: thread.id }, "echo", true);
    }),
  );
}

function accountOf(value: unknown): string | undefined {
  return schemas.messagesValue.safeParse(value).data?.metadata?.phone_number_id;
}
