import type { ChannelEvent } from "../channel.ts";
import { NotUnderstood } from "./envelope.ts";
import type { Frame } from "./messaging.ts";
import * as schemas from "./messaging-schemas.ts";
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

const EMOJI_BY_NAME: Readonly<Record<string, string>> = {
  love: "❤️",
  smile: "😆",
  wow: "😮",
  sad: "😢",
  angry: "😠",
  like: "👍",
  dislike: "👎",
};

/** Messenger names ids, or everything up to a time, or both. */
export function readDelivery(frame: Frame, raw: unknown): ChannelEvent[] {
  const { mids, watermark } = schemas.delivery.parse(raw);
  const { channel, account, at, customer } = frame;
  const base = { channel, account, at, customer };
  const named = (mids ?? []).flatMap((mid): ChannelEvent[] =>
    typeof mid === "string" && mid !== "" ? [{ type: "status", ...base, providerId: mid, status: "delivered" }] : [],
  );
  const until = toMillis(watermark);
  const events: ChannelEvent[] =
    until === undefined ? named : [...named, { type: "watermark", ...base, status: "delivered", watermark: until }];
  if (events.length === 0) throw new NotUnderstood("delivery_empty");
  return events;
}

/** Messenger: everything up to `watermark` (milliseconds, sometimes seconds). Instagram: the message `mid`. */
export function readSeen(frame: Frame, raw: unknown): ChannelEvent[] {
  const { mid, watermark } = schemas.read.parse(raw);
  const { channel, account, at, customer } = frame;
  const base = { channel, account, at, customer };
  const until = toMillis(watermark);
  if (until !== undefined) return [{ type: "watermark", ...base, status: "read", watermark: until }];
  if (mid !== undefined) return [{ type: "status", ...base, providerId: mid, status: "read" }];
  throw new NotUnderstood("read_empty");
}

export function readReaction(frame: Frame, raw: unknown): ChannelEvent[] {
  const { mid, action, reaction, emoji } = schemas.reaction.parse(raw);
  const { channel, account, at, customer } = frame;
  const shown = emoji ?? (reaction === undefined ? "👍" : (EMOJI_BY_NAME[reaction] ?? reaction));
  return [
    {
      type: "reaction",
      channel,
      account,
      at,
      customer,
      target: mid,
      emoji: action === "unreact" ? "" : shown,
      ...(frame.ours && { fromUs: true }),
    },
  ];
}

/** Opting in to notifications, stopping them, or arriving through a plugin on a web page. */
export function readOptin(frame: Frame, raw: unknown): ChannelEvent[] {
  const { type, ref, notification_messages_status: status } = schemas.optin.parse(raw);
  const { channel, account, at, customer } = frame;
  if (type !== undefined || status !== undefined) {
    const optOut = status === "STOP_NOTIFICATIONS" || status === "STOP NOTIFICATIONS";
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
      providerId: `optin:${customer}:${at}:${ref ?? ""}`,
      kind: "referral",
      text: "",
      attachments: [],
      referral: flatten(schemas.referral.parse(raw)),
      ...(frame.standby && { standby: true }),
    },
  ];
}

export function readThreadControl(frame: Frame, field: string, raw: unknown): ChannelEvent[] {
  const { channel, account, at, customer } = frame;
  return [{ type: "account", channel, account, at, field, detail: { customer, ...flatten(raw) } }];
}
