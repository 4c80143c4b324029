import type { AnyMessage } from "../channels/channel.ts";
import { STANDARD_WINDOW_MS } from "../channels/window.ts";

/** What a message means for its conversation. */
export interface Traits {
  /** It is the customer's, and opens the 24-hour window. */
  readonly opensWindow: boolean;
  /** It is for us to deal with: counts as inbound and as unread. */
  readonly counts: boolean;
  /** Somebody should answer it. */
  readonly awaits: boolean;
  /** A person of ours has answered in Meta's own app. */
  readonly takesOver: boolean;
  /** It stands in the conversation list. */
  readonly shows: boolean;
}

/**
 * Reads a message's meaning. A `system` note (a changed number) is nobody's message; a referral brings the customer but
 * says nothing; in standby another app owns the thread; an answer in Meta's app that is a day old takes nothing over.
 */
export function traitsOf(event: AnyMessage, now: number): Traits {
  const byCustomer = event.direction === "in" && event.kind !== "system";
  const ours = event.standby !== true;
  return {
    opensWindow: byCustomer,
    counts: byCustomer && ours,
    awaits: byCustomer && ours && event.kind !== "referral",
    takesOver: event.direction === "echo" && ours && event.at > now - STANDARD_WINDOW_MS,
    shows: event.kind !== "system",
  };
}
