import type { ChannelEvent, MessageEvent } from "../channel.ts";
import { readAttachment } from "./attachments.ts";
import type { Entry } from "./envelope.ts";
import { readDelivery, readOptin, readReaction, readSeen, readThreadControl, THREAD_FIELDS } from "./messaging-news.ts";
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
} from "./read.ts";
import { flatten, toMillis } from "./values.ts";

/**
 * One element of `messaging` or `standby`, as Messenger and Instagram share it: exactly one of its keys says what it is.
 * Source: https://developers.facebook.com/docs/messenger-platform/reference/webhook-events
 */

export type MessagingChannel = "facebook" | "instagram";

/** Who and when, once for every kind of element. */
export interface Frame {
  readonly channel: MessagingChannel;
  /** Page or Instagram account. */
  readonly account: string;
  readonly at: number;
  /** The person on the other side, whichever side sent it. */
  readonly customer: string;
  /** Our own side sent it. */
  readonly ours: boolean;
  readonly standby: boolean;
}

type Reader = (frame: Frame, value: Fields) => ChannelEvent[];

const READERS: readonly (readonly [key: string, reader: Reader])[] = [
  ["message", readMessage],
  ["message_edit", readEdit],
  ["postback", readPostback],
  ["reaction", readReaction],
  ["delivery", readDelivery],
  ["read", readSeen],
  ["optin", readOptin],
  ["referral", readReferral],
  ...THREAD_FIELDS.map(
    (field) => [field, (frame: Frame, value: Fields) => readThreadControl(frame, field, value)] as const,
  ),
];

/**
 * Reads one element.
 *
 * @throws when it cannot be understood; the caller keeps it raw.
 */
export function readMessaging(channel: MessagingChannel, entry: Entry, raw: unknown, standby: boolean): ChannelEvent[] {
  const element = fieldsOf(raw, "element");
  for (const [key, reader] of READERS) {
    if (element[key] !== undefined)
      return reader(frameOf(channel, entry, element, standby), fieldsOf(element[key], key));
  }
  throw new NotUnderstood(`element:${Object.keys(element).sort().join(",").slice(0, 100)}`);
}

function frameOf(channel: MessagingChannel, entry: Entry, element: Fields, standby: boolean): Frame {
  const sender = partyOf(maybeFields(element.sender)?.id);
  const recipient = partyOf(maybeFields(element.recipient)?.id);
  // The dashboard's test events come with entry id 0.
  const account = entry.account !== "" && entry.account !== "0" ? entry.account : (recipient ?? "");
  const ours = sender !== undefined && (maybeFields(element.message)?.is_echo === true || sender === account);
  const customer = ours ? recipient : sender;
  if (customer === undefined) throw new NotUnderstood("no_sender");
  return { channel, account, at: toMillis(element.timestamp) ?? entry.at, customer, ours, standby };
}

function readMessage(frame: Frame, message: Fields): ChannelEvent[] {
  const mid = required(messageIdOf(message.mid), "message.mid");
  const { channel, account, at, customer } = frame;
  if (message.is_deleted === true) return [{ type: "deletion", channel, account, at, customer, target: mid }];
  return [messageEvent(frame, mid, message)];
}

function messageEvent(frame: Frame, mid: string, message: Fields): MessageEvent {
  const read = listOf(message.attachments).map(readAttachment);
  const attachments = read.map(({ info }) => info);
  const replied = maybeFields(message.reply_to);
  const story = maybeFields(replied?.story);
  const storyUrl = textOf(story?.url);
  if (storyUrl !== undefined) attachments.push({ type: "share", url: storyUrl, title: "story" });
  const replyTo = textOf(replied?.mid);
  const payload = textOf(maybeFields(message.quick_reply)?.payload);
  const referral = maybeFields(message.referral);
  const correlation = frame.ours ? textOf(message.metadata) : undefined;
  return {
    ...messageBase(frame, mid),
    kind: story && message.is_unsupported !== true ? "story_reply" : kindOf(message, read[0]?.kind),
    text: textOf(message.text) ?? "",
    attachments,
    ...(replyTo !== undefined && { replyTo }),
    ...(payload !== undefined && { payload }),
    ...(referral !== undefined && { referral: flatten(referral) }),
    ...(correlation !== undefined && { correlation }),
  };
}

function kindOf(message: Fields, attached: MessageEvent["kind"] | undefined): MessageEvent["kind"] {
  if (message.is_unsupported === true) return "unsupported";
  if (attached) return attached;
  if (maybeFields(message.quick_reply)) return "interactive";
  return typeof message.text === "string" ? "text" : "unsupported";
}

function messageBase(frame: Frame, providerId: string) {
  return {
    type: "message" as const,
    channel: frame.channel,
    account: frame.account,
    at: frame.at,
    customer: frame.customer,
    direction: frame.ours ? ("echo" as const) : ("in" as const),
    providerId,
    ...(frame.standby && { standby: true }),
  };
}

/** `num_edit` 0 is no edit: in development mode it has been seen in place of the message itself. */
function readEdit(frame: Frame, edit: Fields): ChannelEvent[] {
  const target = required(messageIdOf(edit.mid), "message_edit.mid");
  const text = textOf(edit.text);
  if (text === undefined) throw new NotUnderstood("edit_without_text");
  const { channel, account, at, customer } = frame;
  // Seen as a number and as a string.
  const revision = numberOf(edit.num_edit) ?? 0;
  if (revision === 0) return [{ ...messageBase(frame, target), kind: "text", text, attachments: [] }];
  return [{ type: "edit", channel, account, at, customer, target, text, revision }];
}

/** A button was pressed. In standby there is no payload, and older ones have no id of their own. */
function readPostback(frame: Frame, postback: Fields): ChannelEvent[] {
  const title = textOf(postback.title);
  const payload = textOf(postback.payload);
  const referral = maybeFields(postback.referral);
  const fallback = `postback:${frame.customer}:${frame.at}:${payload ?? title ?? ""}`;
  return [
    {
      ...messageBase(frame, messageIdOf(postback.mid) ?? fallback),
      kind: "postback",
      text: title ?? "",
      attachments: [],
      ...(payload !== undefined && { payload }),
      ...(referral !== undefined && { referral: flatten(referral) }),
    },
  ];
}

/** The customer came back through a link or an advertisement. A bare `ref` is all that `m.me` and `ig.me` links carry. */
function readReferral(frame: Frame, raw: Fields): ChannelEvent[] {
  const referral = flatten(raw);
  const providerId = `referral:${frame.customer}:${frame.at}:${referral.ref ?? referral.ad_id ?? ""}`;
  return [{ ...messageBase(frame, providerId), kind: "referral", text: "", attachments: [], referral }];
}
