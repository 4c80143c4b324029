import type { ChannelEvent } from "../channel.ts";
import type { Frame } from "./messaging.ts";
import { type Fields, listOf, messageIdOf, NotUnderstood, required, textOf } from "./read.ts";
import { flatten, toMillis } from "./values.ts";

/** What Messenger and Instagram tell about messages that exist already, and about threads. */

/** Which app owns a thread, and what the policy says: shown with the channel's health. */
export const THREAD_FIELDS = [
  "pass_thread_control",
  "take_thread_control",
  "request_thread_control",
  "app_roles",
  "policy_enforcement",
  "account_linking",
  "messaging_feedback",
] as const;

const EMOJI_BY_NAME: ReadonlyMap<string, string> = new Map([
  ["love", "❤️"],
  ["smile", "😆"],
  ["wow", "😮"],
  ["sad", "😢"],
  ["angry", "😠"],
  ["like", "👍"],
  ["dislike", "👎"],
]);

/** Messenger names ids, or everything up to a time, or both. */
export function readDelivery(frame: Frame, delivery: Fields): ChannelEvent[] {
  const { channel, account, at, customer } = frame;
  const base = { channel, account, at, customer };
  const events = listOf(delivery.mids).flatMap((mid): ChannelEvent[] => {
    const providerId = messageIdOf(mid);
    return providerId === undefined ? [] : [{ type: "status", ...base, providerId, status: "delivered" }];
  });
  const watermark = toMillis(delivery.watermark);
  if (watermark !== undefined) events.push({ type: "watermark", ...base, status: "delivered", watermark });
  if (events.length === 0) throw new NotUnderstood("delivery_empty");
  return events;
}

/** Messenger: everything up to `watermark` (milliseconds, sometimes seconds). Instagram: the message `mid`. */
export function readSeen(frame: Frame, read: Fields): ChannelEvent[] {
  const { channel, account, at, customer } = frame;
  const base = { channel, account, at, customer };
  const watermark = toMillis(read.watermark);
  if (watermark !== undefined) return [{ type: "watermark", ...base, status: "read", watermark }];
  const providerId = messageIdOf(read.mid);
  if (providerId !== undefined) return [{ type: "status", ...base, providerId, status: "read" }];
  throw new NotUnderstood("read_empty");
}

export function readReaction(frame: Frame, reaction: Fields): ChannelEvent[] {
  const target = required(messageIdOf(reaction.mid), "reaction.mid");
  const { channel, account, at, customer, ours } = frame;
  const name = textOf(reaction.reaction) ?? "like";
  const shown = textOf(reaction.emoji) ?? EMOJI_BY_NAME.get(name) ?? name;
  const emoji = reaction.action === "unreact" ? "" : shown;
  return [{ type: "reaction", channel, account, at, customer, target, emoji, ...(ours && { fromUs: true }) }];
}

/** Opting in to notifications, stopping them, or arriving through a plugin on a web page. */
export function readOptin(frame: Frame, optin: Fields): ChannelEvent[] {
  const { channel, account, at, customer, standby } = frame;
  const status = textOf(optin.notification_messages_status);
  if (status !== undefined || textOf(optin.type) !== undefined) {
    const optOut = status?.startsWith("STOP") === true;
    return [{ type: "preference", channel, account, at, customer, optOut }];
  }
  return [
    {
      type: "message",
      channel,
      account,
      at,
      customer,
      direction: "in",
      providerId: `optin:${customer}:${at}:${textOf(optin.ref) ?? ""}`,
      kind: "referral",
      text: "",
      attachments: [],
      referral: flatten(optin),
      ...(standby && { standby }),
    },
  ];
}

export function readThreadControl(frame: Frame, field: string, control: Fields): ChannelEvent[] {
  const { channel, account, at, customer } = frame;
  return [{ type: "account", channel, account, at, field, detail: { customer, ...flatten(control) } }];
}
