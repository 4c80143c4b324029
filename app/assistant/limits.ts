import type { ChannelName } from "../channels/channel.ts";
import { TEXT_LIMITS, type TextLimit } from "../channels/text.ts";

/** Milliseconds for one answer, every try and wait included: below the worker's lease and what a chat bears. */
export const DEADLINE_MS = 8000;

/** Addresses a reply may hold by default: the specification's company and what stands below it. */
export const ALLOWED_DOMAINS = ["servio.ai"] as const;

/** Longer than this nobody reads in a chat, though WhatsApp and Messenger would carry it. */
const READABLE: TextLimit = { max: 1800, unit: "characters" };

/** How long one reply may be; Instagram's own limit is the tighter one. */
export const REPLY_LIMITS: Readonly<Record<ChannelName, TextLimit>> = {
  whatsapp: READABLE,
  facebook: READABLE,
  instagram: TEXT_LIMITS.instagram,
  webchat: READABLE,
};
