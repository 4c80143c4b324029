import { CHANNELS } from "../../../app/channels/channel.ts";
import { type Doc, isDoc, oneOf, present, text, time } from "../data/fields.ts";
import {
  type AccountState,
  type ChannelHealth,
  type ChannelState,
  type Notice,
  type NoticeWay,
  QUALITIES,
  STATES,
  type StateChange,
} from "./health.ts";

/** From `channels/{channel}` as the probe (`app/health`) and the webhooks write it to what the page shows. */

/** So many of Meta's news are shown. */
const NOTICES = 3;

/** `undefined` for a document that is no channel's. */
export function readHealth(id: string, doc: Doc): ChannelHealth | undefined {
  const channel = oneOf(CHANNELS, id);
  if (channel === undefined) return undefined;
  const state = oneOf(STATES, doc.status) ?? "unknown";
  return {
    channel,
    state,
    history: Array.isArray(doc.history)
      ? doc.history.flatMap((entry) => readChange(entry) ?? []).sort((a, b) => a.at - b.at)
      : [],
    notices: isDoc(doc.notices) ? readNotices(doc.notices) : [],
    ...present({
      since: time(doc.since),
      reason: isDoc(doc.reason) ? text(doc.reason.advice) : undefined,
      reasonCode: isDoc(doc.reason) ? text(doc.reason.code) : undefined,
      errorRate: readRate(doc.errorRate),
      webhookOk: readSubscription(doc.checks),
      lastInboundAt: time(doc.lastInboundAt),
      lastOutboundAt: time(doc.lastOutboundAt),
      checkedAt: time(doc.checkedAt),
      nextCheckAt: time(doc.nextCheckAt),
      notified: readNotified(doc.notified, state),
      account: isDoc(doc.account) ? readAccount(doc.account) : undefined,
    }),
  };
}

function readChange(entry: unknown): StateChange | undefined {
  if (!isDoc(entry)) return undefined;
  const at = time(entry.at);
  const state = oneOf(STATES, entry.status);
  return at === undefined || state === undefined
    ? undefined
    : { at, state, ...present({ reason: text(entry.reason) }) };
}

/** No share without sends. */
function readRate(value: unknown): number | undefined {
  if (!isDoc(value) || typeof value.share !== "number" || value.of === 0) return undefined;
  return Math.min(1, Math.max(0, value.share));
}

function readSubscription(checks: unknown): boolean | undefined {
  if (!Array.isArray(checks)) return undefined;
  const check: unknown = checks.find((one) => isDoc(one) && one.name === "subscription");
  return isDoc(check) ? check.state !== "failed" : undefined;
}

const WAYS: readonly NoticeWay[] = ["slack", "email"];

/** What was told of an outage that is over is no news. */
function readNotified(value: unknown, state: ChannelState): ChannelHealth["notified"] {
  if (state !== "offline" || !isDoc(value) || !Array.isArray(value.by)) return undefined;
  if (value.kind !== "offline" && value.kind !== "flapping") return undefined;
  const by: unknown[] = value.by;
  return WAYS.filter((way) => by.includes(way));
}

function readAccount(account: Doc): AccountState {
  return present({
    name: text(account.name),
    tokenExpiresAt: account.tokenExpiresAt === null ? null : time(account.tokenExpiresAt),
    quality: oneOf(QUALITIES, account.quality),
    limitTier: text(account.limitTier)?.replace(/^TIER_/, ""),
  });
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
