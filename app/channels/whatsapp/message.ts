import type { ChannelEvent, MessageEvent } from "../channel.ts";
import { type Entry, NotUnderstood } from "../meta/envelope.ts";
import { toMillis } from "../meta/values.ts";
import { editedText, readContent, readReferral } from "./content.ts";
import * as schemas from "./schemas.ts";

const CHANNEL = "whatsapp";

/**
 * Reads one element of `messages` or `message_echoes`.
 *
 * @param standby Stored, never answered: what happened before the number was connected.
 * @throws when the element cannot be understood; the caller keeps it raw.
 */
export function readMessage(
  entry: Entry,
  contacts: readonly schemas.Contact[],
  raw: unknown,
  direction: "in" | "echo",
  standby = false,
): ChannelEvent[] {
  const message = schemas.message.parse(raw);
  if (message.group_id !== undefined) throw new NotUnderstood("group_message");
  const phone = direction === "in" ? message.from : message.to;
  const userId = direction === "in" ? message.from_user_id : message.to_user_id;
  const contact = contactOf(contacts, phone, userId);
  const customer = phone ?? contact?.wa_id ?? userId ?? contact?.user_id;
  if (customer === undefined) throw new NotUnderstood("no_sender");
  const at = toMillis(message.timestamp) ?? entry.at;
  const base = { channel: CHANNEL, account: entry.account, at, customer } as const;
  const fromUs = direction === "echo" ? { fromUs: true } : {};

  if (message.type === "reaction") {
    const { message_id: target, emoji } = schemas.reaction.parse(raw).reaction;
    return [{ type: "reaction", ...base, target, emoji: emoji ?? "", ...fromUs }];
  }
  if (message.type === "revoke") {
    return [{ type: "deletion", ...base, target: schemas.revoke.parse(raw).revoke.original_message_id }];
  }
  if (message.type === "edit") {
    const edit = schemas.edit.parse(raw).edit;
    const text = editedText(edit.message);
    return [{ type: "edit", ...base, target: edit.original_message_id, text, revision: at }];
  }
  return [messageEvent(base, message, raw, direction, contact, standby)];
}

function messageEvent(
  base: { channel: typeof CHANNEL; account: string; at: number; customer: string },
  message: schemas.WhatsAppMessage,
  raw: unknown,
  direction: "in" | "echo",
  contact: schemas.Contact | undefined,
  standby: boolean,
): MessageEvent {
  const content = readContent(message.type, raw);
  const bsuid = content.bsuid ?? (direction === "in" ? message.from_user_id : message.to_user_id) ?? contact?.user_id;
  const phone = content.phone ?? (isPhone(base.customer) ? base.customer : undefined);
  const name = direction === "in" ? (contact?.profile?.name ?? contact?.profile?.username) : undefined;
  const referral = readReferral(message);
  const error = readError(message.errors);
  return {
    type: "message",
    ...base,
    direction,
    providerId: message.id,
    kind: content.kind,
    text: content.text,
    attachments: content.attachments,
    ...(name !== undefined && { customerName: name }),
    ...(phone !== undefined && { phone }),
    ...(bsuid !== undefined && { bsuid }),
    ...(message.context?.id !== undefined && { replyTo: message.context.id }),
    ...(content.payload !== undefined && { payload: content.payload }),
    ...(referral !== undefined && { referral }),
    ...(error !== undefined && { error }),
    ...(standby && { standby }),
  };
}

/** The first of the errors that a message or a status carries. */
export function readError(errors: unknown[] | undefined): { code: number; title: string } | undefined {
  const first = errors?.length ? schemas.error.safeParse(errors[0]).data : undefined;
  if (!first) return undefined;
  return { code: first.code, title: first.error_data?.details ?? first.title ?? first.message ?? "" };
}

function contactOf(contacts: readonly schemas.Contact[], phone?: string, userId?: string): schemas.Contact | undefined {
  const own = contacts.find(
    (one) => (phone !== undefined && one.wa_id === phone) || (userId !== undefined && one.user_id === userId),
  );
  return own ?? (contacts.length === 1 ? contacts[0] : undefined);
}

/** Digits only; a business-scoped id starts with a country's letters. */
export function isPhone(customer: string): boolean {
  return /^\d{5,20}$/.test(customer);
}
