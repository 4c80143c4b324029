import type { MetaChannelName, SendingWindow } from "./channel.ts";

const HOUR_MS = 3_600_000;
/** Every Meta channel: free-form answers for 24 hours after the customer's last message. */
export const STANDARD_WINDOW_MS = 24 * HOUR_MS;
/** Messenger and Instagram: a person may answer with the human-agent tag for seven days. */
export const PERSON_WINDOW_MS = 7 * 24 * HOUR_MS;

/**
 * What may be sent to a customer now. `expiresAt` is when the present state ends, or when it began if it has no end.
 *
 * WhatsApp: after 24 hours only an approved template. Messenger and Instagram: after 24 hours only a person, with the
 * human-agent tag, until seven days have passed; then nothing.
 * Source: https://developers.facebook.com/docs/messenger-platform/policy/policy-overview
 *
 * @param lastInboundAt Unix milliseconds of the customer's last message, by the provider's clock.
 * @param now Unix milliseconds.
 */
export function sendingWindow(channel: MetaChannelName, lastInboundAt: number, now: number): SendingWindow {
  const standardEnd = lastInboundAt + STANDARD_WINDOW_MS;
  if (now < standardEnd) return { expiresAt: standardEnd, state: "open" };
  if (channel === "whatsapp") return { expiresAt: standardEnd, state: "template_only" };
  const personEnd = lastInboundAt + PERSON_WINDOW_MS;
  return { expiresAt: personEnd, state: now < personEnd ? "person_only" : "closed" };
}
