import { STANDARD_WINDOW_MS, sendingWindow } from "../../../app/channels/window.ts";
import type { Conversation } from "../data/model.ts";

const HOUR = 3_600_000;
/** From here on the list tells how long the window stays open. */
export const WINDOW_NOTICE_MS = 4 * HOUR;
/** From here on in amber. */
export const WINDOW_URGENT_MS = HOUR;

type Timed = Pick<Conversation, "channel" | "lastInboundAt" | "windowExpiresAt">;

export type ReplyWindow =
  | { readonly state: "open"; readonly leftMs: number; readonly notice: "none" | "soon" | "urgent" }
  /** The bot may not write any more, a person may. */
  | { readonly state: "person_only"; readonly until: number }
  /** Free text is refused until the customer writes. `since` is absent when they never did. */
  | { readonly state: "closed"; readonly since?: number };

/** What may be sent now. WebChat is ours and has no window: it counts as open without an end. */
export function replyWindow(row: Timed, now: number): ReplyWindow {
  if (row.channel === "webchat") return { state: "open", leftMs: Number.POSITIVE_INFINITY, notice: "none" };
  const wroteAt =
    row.lastInboundAt ?? (row.windowExpiresAt === undefined ? undefined : row.windowExpiresAt - STANDARD_WINDOW_MS);
  if (wroteAt === undefined) return { state: "closed" };
  const { state, expiresAt } = sendingWindow(row.channel, wroteAt, now);
  if (state === "open") return { state, leftMs: expiresAt - now, notice: noticeOf(expiresAt - now) };
  return state === "person_only" ? { state, until: expiresAt } : { state: "closed", since: expiresAt };
}

function noticeOf(leftMs: number): "none" | "soon" | "urgent" {
  if (leftMs <= WINDOW_URGENT_MS) return "urgent";
  return leftMs <= WINDOW_NOTICE_MS ? "soon" : "none";
}
