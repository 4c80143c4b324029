import * as z from "zod";

const id = z.string().min(1).max(512);

/** Body of `POST /control/messages`: what a customer does. Fields beyond these three have sensible values per type. */
export const messageInput = z.strictObject({
  channel: z.enum(["whatsapp", "instagram", "facebook"]),
  /** Who: WhatsApp number (digits) or business-scoped id; Page- or Instagram-scoped id. */
  from: z.string().min(1).max(150),
  /** The customer's name as Meta would tell it; kept until another is given. */
  name: z.string().min(1).max(200).optional(),
  /** What the customer does; the list per channel is in the builders' tables. @default "text" */
  type: z.string().min(1).default("text"),
  text: z.string().max(100_000).optional(),
  /** The customer's clock, Unix milliseconds. @default now */
  at: z.int().min(0).optional(),
  /** The provider's message id. @default a fresh one */
  id: id.optional(),
  /** Delivers the same webhook so many times, side by side. @default 1 */
  times: z.int().min(1).max(100).default(1),
  /** Our account, when not the connected one: a second number on the same webhook. */
  account: z.string().min(1).optional(),
  /** The message this one answers. */
  replyTo: id.optional(),
  /** The message that is edited, taken back or reacted to. @default the newest that fits */
  target: id.optional(),
  emoji: z.string().max(40).optional(),
  /** What a button, list row, quick reply or postback carries for machines. */
  payload: z.string().max(2_000).optional(),
  title: z.string().max(500).optional(),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
  /** A file of one's own; without it a small sample of the right kind. */
  media: z
    .strictObject({
      base64: z.base64().max(28_000_000),
      mimeType: z.string().min(3).max(200),
      fileName: z.string().max(250).optional(),
    })
    .optional(),
  /** WhatsApp: the customer's business-scoped user id, beside the number or, with `hidePhone`, instead of it. */
  bsuid: z
    .string()
    .regex(/^[A-Z]{2}\.(ENT\.)?[0-9A-Za-z]{1,128}$/, "must look like BR.1A2b3C")
    .optional(),
  hidePhone: z.boolean().optional(),
  /** Ad or link the customer came from, in the provider's own field names. */
  referral: z.record(z.string(), z.string()).optional(),
  /** Laid over the provider's message object as it stands: for whatever has no field here. */
  fields: z.record(z.string(), z.unknown()).optional(),
});
export type MessageInput = z.output<typeof messageInput>;
export type Input = Readonly<MessageInput>;
