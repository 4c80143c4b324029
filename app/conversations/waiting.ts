import { Timestamp } from "firebase-admin/firestore";
import type { Conversation, OutboxRow } from "./model.ts";

/** How long customers wait, and for whom: what the metrics count. Pure; times are Unix milliseconds. */

type Known = Pick<Conversation, "waitingSince" | "session" | "lastInboundAt" | "inboundCount" | "answeredCount">;

export interface Waiting {
  /** What the conversation holds afterwards. */
  readonly fields: Pick<Conversation, "waitingSince" | "session">;
  /** What the outbox row of the answer tells. */
  readonly row: Pick<OutboxRow, "waitingSince" | "firstResponse">;
}

/**
 * An answer by `author` ends the wait. A person's first answer is measured from the words that made the bot hand over.
 *
 * @param seen when the oldest message that it answers was written, where that has been looked up
 */
export function answeredBy(author: "bot" | "person", before: Known, now: number, seen?: number): Waiting {
  const since = waitedSince(before, seen);
  const session = { ...(before.session ?? { since: since ?? Timestamp.fromMillis(now) }) };
  const first = session[author] !== true;
  return {
    fields: { waitingSince: null, session: { ...session, [author]: true } },
    row: since === undefined ? {} : { waitingSince: since, ...(first && { firstResponse: true }) },
  };
}

/** The bot said that a person will come, or kept quiet: the customer goes on waiting. */
export function stillWaiting(before: Known, seen?: number): Pick<Conversation, "waitingSince"> {
  const since = waitedSince(before, seen);
  return since === undefined ? {} : { waitingSince: since };
}

function waitedSince(before: Known, seen: number | undefined): Timestamp | undefined {
  if (before.waitingSince) return before.waitingSince;
  if (seen !== undefined) return Timestamp.fromMillis(seen);
  const unanswered = (before.inboundCount ?? 0) > (before.answeredCount ?? 0);
  return unanswered ? before.lastInboundAt : undefined;
}
