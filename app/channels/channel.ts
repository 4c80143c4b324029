/**
 * What a channel tells us, in one vocabulary. Each channel module turns its provider's payload into these events and
 * knows how to send; nothing outside `app/channels` knows the shape of a Meta payload.
 */

export const CHANNELS = ["whatsapp", "instagram", "facebook", "webchat"] as const;
export type ChannelName = (typeof CHANNELS)[number];
export type MetaChannelName = Exclude<ChannelName, "webchat">;

export const MESSAGE_KINDS = [
  "text",
  "image",
  "video",
  "audio",
  "document",
  "sticker",
  "location",
  "contacts",
  "interactive",
  "order",
  "share",
  "story_reply",
  "story_mention",
  "referral",
  "postback",
  "system",
  "unsupported",
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** A file that the customer sent. The bytes are fetched later, by the worker; the metadata is stored at once. */
export interface AttachmentInfo {
  readonly type: "image" | "video" | "audio" | "document" | "sticker" | "location" | "contact" | "share" | "other";
  /** Provider's media id (WhatsApp), to be resolved to a URL that lives five minutes. */
  readonly mediaId?: string;
  readonly url?: string;
  readonly mimeType?: string;
  readonly fileName?: string;
  readonly sha256?: string;
  readonly voice?: boolean;
  readonly latitude?: number;
  readonly longitude?: number;
  readonly title?: string;
}

interface EventBase {
  readonly channel: MetaChannelName;
  /** Our side: WhatsApp phone number id, Page id or Instagram account id. */
  readonly account: string;
  /** When it happened by the provider's clock, in Unix milliseconds. Never the arrival time. */
  readonly at: number;
}

/** A new message: written by the customer (`in`) or by a person of ours in Meta's own app (`echo`). */
export interface MessageEvent extends EventBase {
  readonly type: "message";
  readonly direction: "in" | "echo";
  /** `wamid…` or `mid`: unique per account. */
  readonly providerId: string;
  /** The customer's id in the channel, also for an echo: phone digits, business-scoped id, PSID or IGSID. */
  readonly customer: string;
  readonly customerName?: string;
  readonly phone?: string;
  readonly bsuid?: string;
  readonly kind: MessageKind;
  /** Kept byte for byte. Empty when the message has no text. */
  readonly text: string;
  readonly attachments: readonly AttachmentInfo[];
  readonly replyTo?: string;
  /** What a button, list row, quick reply or postback carries for machines. */
  readonly payload?: string;
  readonly referral?: Readonly<Record<string, string>>;
  /** Our own send coming back carries what we put on it (`biz_opaque_callback_data` or `metadata`). */
  readonly correlation?: string;
  readonly error?: { readonly code: number; readonly title: string };
  /** Another app owns the thread: store, never answer. */
  readonly standby?: boolean;
}

export type DeliveryStatus = "sent" | "delivered" | "read" | "failed";

/** A message of any channel, our own web chat's too. */
export type AnyMessage = Omit<MessageEvent, "channel"> & { readonly channel: ChannelName };

/** Delivery news about one message that we sent. */
export interface StatusEvent extends EventBase {
  readonly type: "status";
  readonly customer: string;
  readonly providerId: string;
  readonly status: DeliveryStatus;
  /** Our message id, from `biz_opaque_callback_data`. */
  readonly correlation?: string;
  readonly error?: { readonly code: number; readonly title: string };
}

/** Messenger tells "everything up to then" instead of ids. */
export interface WatermarkEvent extends EventBase {
  readonly type: "watermark";
  readonly customer: string;
  readonly status: "delivered" | "read";
  /** Unix milliseconds. */
  readonly watermark: number;
}

export interface ReactionEvent extends EventBase {
  readonly type: "reaction";
  readonly customer: string;
  readonly target: string;
  /** Empty: the reaction was taken back. */
  readonly emoji: string;
  /** A person of ours reacted, in Meta's own app. */
  readonly fromUs?: boolean;
}

export interface EditEvent extends EventBase {
  readonly type: "edit";
  readonly customer: string;
  readonly target: string;
  readonly text: string;
  /** Rises with each edit where the provider counts them, else the event's time. */
  readonly revision: number;
}

export interface DeletionEvent extends EventBase {
  readonly type: "deletion";
  readonly customer: string;
  readonly target: string;
}

/** The customer stopped or resumed marketing messages in the channel itself. */
export interface PreferenceEvent extends EventBase {
  readonly type: "preference";
  readonly customer: string;
  readonly optOut: boolean;
}

/** Account, template and quality news: what OmniChannelStatus shows. */
export interface AccountEvent extends EventBase {
  readonly type: "account";
  readonly field: string;
  readonly detail: Readonly<Record<string, string>>;
}

/** Signed by Meta, not understood by us: kept raw with the reason, visible to an admin. */
export interface UnknownEvent extends EventBase {
  readonly type: "unknown";
  readonly reason: string;
  readonly raw: string;
}

export type ChannelEvent =
  | MessageEvent
  | StatusEvent
  | WatermarkEvent
  | ReactionEvent
  | EditEvent
  | DeletionEvent
  | PreferenceEvent
  | AccountEvent
  | UnknownEvent;

/** The provider's id of the message that an event is about, by which its way can be followed. */
export function providerIdOf(event: ChannelEvent): string | undefined {
  return "providerId" in event ? event.providerId : undefined;
}

/** An approved WhatsApp template: the one thing that may open a conversation. */
export interface OutboundTemplate {
  readonly name: string;
  /** `pt_BR` */
  readonly language: string;
  /** What fills the body's places, in order. */
  readonly parameters: readonly string[];
  /** The places' names, where the template has names (`{{titulo}}`) instead of numbers. */
  readonly names?: readonly string[];
}

/** A file that a person sends: each channel takes it its own way. */
export interface OutboundFile {
  readonly kind: "image" | "video" | "audio" | "document" | "sticker";
  /** By its bytes, without parameters. */
  readonly mimeType: string;
  /** Bytes. */
  readonly size: number;
  readonly fileName?: string;
  /** Opens it, anew with each call. */
  bytes(): Promise<AsyncIterable<Uint8Array>>;
  /** A URL under which Meta can fetch it for an hour. */
  link(): string;
}

/** A text that we want a customer to get. */
export interface OutboundText {
  /** Our message id: travels as correlation so that statuses and echoes find the row. */
  readonly messageId: string;
  /** Our side: phone number id or Page id, from the conversation's last inbound message, else the configured one. */
  readonly account?: string;
  readonly customer: string;
  readonly bsuid?: string;
  readonly text: string;
  /** WhatsApp only: sent instead of the text, also outside the window. */
  readonly template?: OutboundTemplate;
  /** Sent with the text as its caption on WhatsApp, instead of a text elsewhere. */
  readonly file?: OutboundFile;
  readonly replyTo?: string;
  /** Unix milliseconds of the customer's last message: decides the window. */
  readonly lastInboundAt: number;
  /** Only a person may use the human-agent tag (24 h to 7 days). */
  readonly author: "bot" | "person";
}

/** Why a send did not work, by what can be done about it. */
export type SendFailure =
  | "retry" // try again with backoff
  | "unknown" // timed out: it may have been delivered
  | "window" // outside the 24-hour window
  | "unreachable" // this customer cannot get it
  | "cooldown" // Meta asks to leave this customer alone for a while
  | "optout"
  | "message" // this message is refused as it is
  | "channel"; // token, permission or account: nothing can be sent

export type SendResult =
  | { readonly ok: true; readonly providerId: string; readonly shortened: boolean }
  | {
      readonly ok: false;
      readonly failure: SendFailure;
      /** Of `retry`: one more try, and no third. */
      readonly once?: true;
      readonly code: number;
      readonly message: string;
      readonly retryAfterMs?: number;
    };

export interface SendingWindow {
  /** Unix milliseconds. */
  readonly expiresAt: number;
  readonly state: "open" | "person_only" | "template_only" | "closed";
}

/** Where the bytes of a customer's file can be fetched now. */
export type MediaAddress =
  | {
      readonly ok: true;
      readonly url: string;
      /** Header of that name, where the file is only for us. */
      readonly authorization?: string;
      /** Bytes. */
      readonly size?: number;
      /** Lower-case hexadecimal. */
      readonly sha256?: string;
    }
  | {
      readonly ok: false;
      /** The provider no longer has it; otherwise another try makes sense. */
      readonly gone: boolean;
      readonly message: string;
    };

/** What a channel tells about a customer when it is asked. */
export interface Profile {
  readonly name?: string;
  /** Whether asking again makes no sense: it answered, or refused. */
  readonly settled: boolean;
}

/** Whose messages are marked as read, and which is the newest: WhatsApp marks by it. */
export interface Reader {
  /** Our side, from the conversation; else the configured one. */
  readonly account?: string;
  readonly customer: string;
  readonly providerId?: string;
}

/** One channel, as the rest of the app sees it. */
export interface Channel {
  readonly name: MetaChannelName;
  /** Never throws: what is not understood becomes an `unknown` event, and its neighbours are kept. */
  parse(body: unknown): ChannelEvent[];
  /** Never throws for what Graph answers; a network fault is a failure of class `retry` or `unknown`. */
  send(message: OutboundText): Promise<SendResult>;
  /** Marks what the customer wrote as read, and shows "typing"; best effort, never throws. */
  typing(to: Reader): Promise<void>;
  /** Marks what the customer wrote as read; best effort, never throws. */
  seen(to: Reader): Promise<void>;
  /** Never throws. @param file An attachment of a message to `account` that has a media id or an address. */
  media(file: Pick<AttachmentInfo, "mediaId" | "url"> & { readonly account?: string }): Promise<MediaAddress>;
  /** Absent where the name comes with each message. Never throws. */
  readonly profile?: (customer: string) => Promise<Profile>;
  /** Which kind of message may go out now, from the customer's last inbound time (Unix ms). */
  window(lastInboundAt: number, now: number): SendingWindow;
}
