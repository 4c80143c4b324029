import type { ChannelName } from "../channels/channel.ts";

/** Milliseconds for one answer, every try and wait included: below the worker's lease and what a chat bears. */
export const DEADLINE_MS = 8000;

/** Addresses a reply may hold by default: the specification's company and what stands below it. */
export const ALLOWED_DOMAINS = ["servio.ai"] as const;

/**
 * UTF-8 bytes of one reply. Instagram refuses texts above 1000 bytes, and the others carry more (Messenger 2000, WhatsApp
 * 4096 characters), but nobody reads more than this in a chat.
 * https://developers.facebook.com/docs/messenger-platform/instagram/features/send-message
 */
export const REPLY_BYTES: Readonly<Record<ChannelName, number>> = {
  whatsapp: 1800,
  facebook: 1800,
  instagram: 1000,
  webchat: 1800,
};
