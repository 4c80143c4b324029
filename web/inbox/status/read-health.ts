import { CHANNELS } from "../../../app/channels/channel.ts";
import { type Doc, isDoc, oneOf, present, text, time } from "../data/fields.ts";
import { type ChannelHealth, type Notice, STATES, type StateChange } from "./health.ts";

/** So many of Meta's news are shown. */
const NOTICES = 3;

/** `undefined` for a document that is no channel's. */
export function readHealth(id: string, doc: Doc): ChannelHealth | undefined {
  const channel = oneOf(CHANNELS, id);
  if (channel === undefined) return undefined;
  return {
    channel,
    state: oneOf(STATES, doc.state) ?? "unknown",
    history: Array.isArray(doc.history)
      ? doc.history.flatMap((entry) => readChange(entry) ?? []).sort((a, b) => a.at - b.at)
      : [],
    notices: isDoc(doc.notices) ? readNotices(doc.notices) : [],
    ...present({
      since: time(doc.since),
      reason: text(doc.reason),
      errorRate: typeof doc.errorRate === "number" ? Math.min(1, Math.max(0, doc.errorRate)) : undefined,
      webhook: readWebhook(doc.webhook),
      lastMessageAt: time(doc.lastMessageAt),
      checkedAt: time(doc.checkedAt),
      nextCheckAt: time(doc.nextCheckAt),
      notified: readNotified(doc.notified),
    }),
  };
}

function readChange(entry: unknown): StateChange | undefined {
  if (!isDoc(entry)) return undefined;
  const at = time(entry.at);
  const state = oneOf(STATES, entry.state);
  return at === undefined || state === undefined ? undefined : { at, state };
}

function readWebhook(value: unknown): ChannelHealth["webhook"] {
  if (!isDoc(value) || typeof value.ok !== "boolean") return undefined;
  return { ok: value.ok, ...present({ at: time(value.at) }) };
}

function readNotified(value: unknown): ChannelHealth["notified"] {
  if (!isDoc(value)) return undefined;
  const who = text(value.who);
  return who === undefined ? undefined : { who, ...present({ at: time(value.at) }) };
}

function readNotices(notices: Doc): Notice[] {
  const read = Object.values(notices).flatMap((notice): Notice[] => {
    const at = isDoc(notice) ? time(notice.at) : undefined;
    if (!isDoc(notice) || at === undefined) return [];
    const detail = isDoc(notice.detail)
      ? Object.values(notice.detail).filter((value) => typeof value === "string")
      : [];
    return [{ at, field: text(notice.field) ?? "", detail: detail.join(" · ") }];
  });
  return read.sort((a, b) => b.at - a.at).slice(0, NOTICES);
}
