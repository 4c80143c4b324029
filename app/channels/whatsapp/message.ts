import type { ChannelEvent, MessageEvent } from "../channel.ts";
import type { Entry } from "../meta/envelope.ts";
import {
  type Fields,
  fieldsOf,
  listOf,
  maybeFields,
  messageIdOf,
  NotUnderstood,
  numberOf,
  partyOf,
  required,
  textOf,
} from "../meta/read.ts";
import { toMillis } from "../meta/values.ts";
import { editedText, readContent, readReferral } from "./content.ts";

const CHANNEL = "whatsapp";

/** Who and when, for every kind of event that an element of `messages` may be. */
interface Base {
  readonly channel: typeof CHANNEL;
  readonly account: string;
  readonly at: number;
  readonly customer: string;
}

/**
 * Reads one element of `messages` or `message_echoes`.
 *
 * @param contacts The value's `contacts`: names and ids of the senders.
 * @param standby Stored, never answered: what happened before the number was connected.
 * @throws when the element cannot be understood; the caller keeps it raw.
 */
export function readMessage(
  entry: Entry,
  contacts: readonly unknown[],
  raw: unknown,
  direction: "in" | "echo",
  standby = false,
): ChannelEvent[] {
  const message = fieldsOf(raw, "message");
  const providerId = required(messageIdOf(message.id), "message.id");
  if (message.group_id !== undefined) throw new NotUnderstood("group_message");
  const echo = direction === "echo";
  const phone = partyOf(echo ? message.to : message.from);
  const userId = partyOf(echo ? message.to_user_id : message.from_user_id);
  const contact = contactOf(contacts, phone, userId);
  const customer = phone ?? partyOf(contact?.wa_id) ?? userId ?? partyOf(contact?.user_id);
  if (customer === undefined) throw new NotUnderstood("no_sender");
  const base: Base = {
    channel: CHANNEL,
    account: entry.account,
    at: toMillis(message.timestamp) ?? entry.at,
    customer,
  };
  switch (message.type) {
    case "reaction":
      return [readReaction(base, message, echo)];
    case "revoke":
      return [{ type: "deletion", ...base, target: originalOf(message.revoke) }];
    case "edit": {
      const edited = fieldsOf(maybeFields(message.edit)?.message, "edit.message");
      const target = originalOf(message.edit);
      return [{ type: "edit", ...base, target, text: editedText(edited), revision: base.at }];
    }
    default:
      return [messageEvent(base, providerId, message, direction, contact, standby)];
  }
}

/** A missing emoji and an empty one both mean that the reaction was taken back. */
function readReaction(base: Base, message: Fields, fromUs: boolean): ChannelEvent {
  const reaction = fieldsOf(message.reaction, "reaction");
  const target = required(messageIdOf(reaction.message_id), "reaction.message_id");
  return { type: "reaction", ...base, target, emoji: textOf(reaction.emoji) ?? "", ...(fromUs && { fromUs }) };
}

function originalOf(value: unknown): string {
  return required(messageIdOf(maybeFields(value)?.original_message_id), "original_message_id");
}

function messageEvent(
  base: Base,
  providerId: string,
  message: Fields,
  direction: "in" | "echo",
  contact: Fields | undefined,
  standby: boolean,
): MessageEvent {
  const content = readContent(message.type, message);
  const event: Writable<MessageEvent> = {
    type: "message",
    channel: base.channel,
    account: base.account,
    at: base.at,
    customer: base.customer,
    direction,
    providerId,
    kind: content.kind,
    text: content.text,
    attachments: content.attachments,
  };
  const profile = direction === "in" ? maybeFields(contact?.profile) : undefined;
  const userId = partyOf(direction === "in" ? message.from_user_id : message.to_user_id);
  set(event, "customerName", textOf(profile?.name) ?? textOf(profile?.username));
  set(event, "phone", content.phone ?? (isPhone(base.customer) ? base.customer : undefined));
  set(event, "bsuid", content.bsuid ?? userId ?? partyOf(contact?.user_id));
  set(event, "replyTo", textOf(maybeFields(message.context)?.id));
  set(event, "payload", content.payload);
  set(event, "referral", readReferral(message));
  set(event, "error", readError(message.errors));
  if (standby) event.standby = true;
  return event;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Optional fields are absent rather than undefined: that is how they are stored. */
function set<K extends keyof MessageEvent>(event: Writable<MessageEvent>, key: K, value: MessageEvent[K] | undefined) {
  if (value !== undefined) event[key] = value;
}

/** The first of the errors that a message or a status carries. */
export function readError(errors: unknown): { code: number; title: string } | undefined {
  const first = maybeFields(listOf(errors)[0]);
  if (!first) return undefined;
  const title = textOf(maybeFields(first.error_data)?.details) ?? textOf(first.title) ?? textOf(first.message) ?? "";
  return { code: numberOf(first.code) ?? -1, title };
}

/** The sender's own entry in `contacts`; the only one there is, when none names the sender. */
function contactOf(contacts: readonly unknown[], phone?: string, userId?: string): Fields | undefined {
  for (const one of contacts) {
    const contact = maybeFields(one);
    if (phone !== undefined && partyOf(contact?.wa_id) === phone) return contact;
    if (userId !== undefined && partyOf(contact?.user_id) === userId) return contact;
  }
  return contacts.length === 1 ? maybeFields(contacts[0]) : undefined;
}

/** Digits only; a business-scoped id starts with a country's letters. */
function isPhone(customer: string): boolean {
  return /^\d{5,20}$/.test(customer);
}
