import type { Conversation, ConversationFilter } from "../data/model.ts";
import { isWaiting, waitingSince } from "./handler.ts";

/** Whether a conversation belongs under a filter. */
export function belongs(row: Conversation, { view, channel, userType }: ConversationFilter): boolean {
  if (channel !== undefined && row.channel !== channel) return false;
  if (userType !== undefined && row.userType !== userType) return false;
  switch (view) {
    case "open":
      return row.status === "active";
    case "closed":
      return row.status === "closed";
    case "unread":
      return row.unread > 0;
    case "waiting":
      return isWaiting(row);
  }
}

/** Those that belong: the longest wait first where people wait, else the latest first. */
export function sift(rows: readonly Conversation[], filter: ConversationFilter): Conversation[] {
  const found = rows.filter((row) => belongs(row, filter));
  if (filter.view === "waiting") return found.sort((a, b) => waitingSince(a) - waitingSince(b));
  return found.sort((a, b) => b.lastMessageAt - a.lastMessageAt);
}
