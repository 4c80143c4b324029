import type { ChannelEvent, MessageEvent } from "../channel.ts";
import { readAttachments } from "./attachments.ts";
import { type Entry, NotUnderstood } from "./envelope.ts";
import { readDelivery, readOptin, readReaction, readSeen, readThreadControl, THREAD_FIELDS } from "./messaging-news.ts";
import * as schemas from "./messaging-schemas.ts";
import { flatten, toMillis } from "./values.ts";

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

/**
 * Reads one element of `messaging` or `standby`.
 *
 * @throws when the element cannot be understood; the caller keeps it raw.
 */
export function readMessaging(channel: MessagingChannel, entry: Entry, raw: unknown, standby: boolean): ChannelEvent[] {
  const keys = raw as Record<string, unknown>;
  const frame = frameOf(channel, entry, raw, standby);
  if (keys.message !== undefined) return readMessage(frame, keys.message);
  if (keys.message_edit !== undefined) return readEdit(frame, keys.message_edit);
  if (keys.postback !== undefined) return readPostback(frame, keys.postback);
  if (keys.reaction !== undefined) return readReaction(frame, keys.reaction);
  if (keys.delivery !== undefined) return readDelivery(frame, keys.delivery);
  if (keys.read !== undefined) return readSeen(frame, keys.read);
  if (keys.optin !== undefined) return readOptin(frame, keys.optin);
  if (keys.referral !== undefined) return readReferral(frame, keys.referral);
  const thread = THREAD_FIELDS.find((field) => keys[field] !== undefined);
  if (thread) return readThreadControl(frame, thread, keys[thread]);
  throw new NotUnderstood(`element:${Object.keys(keys).sort().join(",").slice(0, 100)}`);
}

function frameOf(channel: MessagingChannel, entry: Entry, raw: unknown, standby: boolean): Frame {
  const { sender, recipient, timestamp } = schemas.element.parse(raw);
  const message = (raw as { message?: { is_echo?: unknown } }).message;
  // The dashboard's test events come with entry id 0.
  const account = entry.account !== "" && entry.account !== "0" ? entry.account : (recipient?.id ?? "");
  const ours = sender !== undefined && (message?.is_echo === true || sender.id === account);
  const customer = ours ? recipient?.id : sender?.id;
  if (customer === undefined) throw new NotUnderstood("no_sender");
  return { channel, account, at: toMillis(timestamp) ?? entry.at, customer, ours, standby };
}

function readMessage(frame: Frame, raw: unknown): ChannelEvent[] {
  const message = schemas.message.parse(raw);
  const { channel, account, at, customer } = frame;
  if (message.is_deleted) return [{ type: "deletion", channel, account, at, customer, target: message.mid }];
  return [messageEvent(frame, message)];
}

function messageEvent(frame: Frame, message: schemas.RawMessage): MessageEvent {
  const read = readAttachments(message.attachments ?? []);
  const story = message.reply_to?.story;
  const attachments = read.map(({ info }) => info);
  if (story?.url !== undefined) attachments.push({ type: "share", url: story.url, title: "story" });
  const text = message.text ?? "";
  const replyTo = message.reply_to?.mid;
  const correlation = frame.ours ? message.metadata : undefined;
  return {
    ...messageBase(frame, message.mid),
    kind: kindOf(message, read[0]?.kind),
    text,
    attachments,
    ...(replyTo !== undefined && { replyTo }),
    ...(message.quick_reply?.payload !== undefined && { payload: message.quick_reply.payload }),
    ...(message.referral !== undefined && { referral: flatten(message.referral) }),
    ...(correlation !== undefined && { correlation }),
  };
}

function kindOf(message: schemas.RawMessage, attached: MessageEvent["kind"] | undefined): MessageEvent["kind"] {
  if (message.is_unsupported) return "unsupported";
  if (message.reply_to?.story) return "story_reply";
  if (attached) return attached;
  if (message.quick_reply) return "interactive";
  return message.text === undefined ? "unsupported" : "text";
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
function readEdit(frame: Frame, raw: unknown): ChannelEvent[] {
  const { mid, text, num_edit: revision } = schemas.messageEdit.parse(raw);
  if (text === undefined) throw new NotUnderstood("edit_without_text");
  const { channel, account, at, customer } = frame;
  if (revision === 0) return [{ ...messageBase(frame, mid), kind: "text", text, attachments: [] }];
  return [{ type: "edit", channel, account, at, customer, target: mid, text, revision }];
}

/** A button was pressed. In standby there is no payload, and older ones have no id of their own. */
function readPostback(frame: Frame, raw: unknown): ChannelEvent[] {
  const { mid, title, payload, referral } = schemas.postback.parse(raw);
  return [
    {
      ...messageBase(frame, mid ?? `postback:${frame.customer}:${frame.at}:${payload ?? title ?? ""}`),
      kind: "postback",
      text: title ?? "",
      attachments: [],
      ...(payload !== undefined && { payload }),
      ...(referral !== undefined && { referral: flatten(referral) }),
    },
  ];
}

/** The customer came back through a link or an advertisement. A bare `ref` is all that `m.me` and `ig.me` links carry. */
function readReferral(frame: Frame, raw: unknown): ChannelEvent[] {
  const referral = flatten(schemas.referral.parse(raw));
  const providerId = `referral:${frame.customer}:${frame.at}:${referral.ref ?? referral.ad_id ?? ""}`;
  return [{ ...messageBase(frame, providerId), kind: "referral", text: "", attachments: [], referral }];
}
