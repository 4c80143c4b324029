import { randomBytes } from "node:crypto";
import type { MetaChannelName } from "../../app/channels/channel.ts";

/** The simulated business: plainly made-up ids in the shape of Meta's. */
export const WABA_ID = "190000000000001";
export const APP_ID = "290000000000001";
export const DISPLAY_PHONE_NUMBER = "5511400000000";
export const BUSINESS_NAME = "Servio.AI (simulado)";
/** App ids of people who answer in Meta's own inboxes; see the reference on echoes. */
export const PAGE_INBOX_APP_ID = "263902037430900";
export const INSTAGRAM_INBOX_APP_ID = "1217981644879628";

/** A fresh message id: base64 with `=` and `/` for WhatsApp, since that is what breaks naive document ids. */
export function newMessageId(channel: MetaChannelName): string {
  if (channel === "whatsapp") return `wamid.HBgN${randomBytes(31).toString("base64")}`;
  if (channel === "facebook") return `m_${randomBytes(63).toString("base64url")}`;
  return `aWdfZAG1faXRlbToxOk${randomBytes(60).toString("base64")}`;
}

/** Meta's trace id of an answer. */
export function newTraceId(): string {
  return `A${randomBytes(16).toString("base64url")}`;
}

const BSUID = /^[A-Z]{2}\.(ENT\.)?[0-9A-Za-z]{1,128}$/;

/** Business-scoped user id, by Meta's published pattern. */
export function isBsuid(id: string): boolean {
  return BSUID.test(id);
}

/** A phone number as `wa_id` writes it: digits only. */
export function toWaId(phone: string): string {
  return phone.replace(/\D/g, "");
}

/** A customer's id as the channel writes it: a WhatsApp number without its punctuation, everything else as it is. */
export function toCustomerId(channel: MetaChannelName, id: string): string {
  if (channel !== "whatsapp" || isBsuid(id)) return id;
  return toWaId(id) || id;
}
