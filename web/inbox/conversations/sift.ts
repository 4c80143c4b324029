import type { Conversation, ConversationFilter } from "../data/model.ts";
import { isWaiting, waitingSince } from "./handler.ts";

/** What a filter compares with: who is at the desk, and when, in Unix milliseconds. */
export interface Viewpoint {
  readonly me: string;
  readonly now: number;
}

/** Views that no index can order: they are read as a whole and sifted here. */
export type SiftedView = "unread" | "waiting" | "snoozed";
export function isSifted(view: ConversationFilter["view"]): view is SiftedView {
  return view === "unread" || view === "waiting" || view === "snoozed";
}

/** Put aside, and the customer has not written since. */
export function isSnoozed({ snooze, lastInboundAt }: Conversation, now: number): boolean {
  return snooze !== undefined && now < snooze.until && (lastInboundAt ?? 0) <= snooze.at;
}

/** Whether a conversation belongs under a filter. */
export function belongs(
  row: Conversation,
  { view, channel, userType, holder }: ConversationFilter,
  { me, now }: Viewpoint,
): boolean {
  if (channel !== undefined && row.channel !== channel) return false;
  if (userType !== undefined && row.userType !== userType) return false;
  if (holder === "me" && row.assignedTo !== me) return false;
  if (holder === "none" && row.assignedTo !== undefined) return false;
  switch (view) {
    case "open":
      return row.status === "active" && !isSnoozed(row, now);
    case "closed":
      return row.status === "closed";
    case "unread":
      return row.unread > 0;
    case "waiting":
      return isWaiting(row) && !isSnoozed(row, now);
    case "snoozed":
      return row.status === "active" && isSnoozed(row, now);
  }
}

/** The longest wait first where people wait, the next to wake first, else the latest first. */
export function inOrder(rows: readonly Conversation[], view: ConversationFilter["view"]): Conversation[] {
  if (view === "waiting") return rows.toSorted((a, b) => waitingSince(a) - waitingSince(b));
  if (view === "snoozed") return rows.toSorted((a, b) => (a.snooze?.until ?? 0) - (b.snooze?.until ?? 0));
  return rows.toSorted((a, b) => b.lastMessageAt - a.lastMessageAt);
}
