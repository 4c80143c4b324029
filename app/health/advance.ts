import { Timestamp } from "firebase-admin/firestore";
import type { Change, ChannelHealth, ChannelStatus, Check, NoticeKind, Subject } from "./model.ts";

/** Specification 9.4: a health check that fails three times in a row. */
export const FAILURES_UNTIL_OFFLINE = 3;
/** So many outages within {@link FLAPPING_WINDOW_MS} are one story, told once. */
const OUTAGES_UNTIL_FLAPPING = 3;
const FLAPPING_WINDOW_MS = 6 * 3_600_000;
/** A flapping channel that has been online so long is stable again. */
const STABLE_MS = 3_600_000;
/** Changes that the document itself keeps; a day of a restless channel. */
const HISTORY_KEPT = 50;

/** What a probe found. */
export interface Finding {
  readonly checks: readonly Check[];
}

export interface Advanced {
  readonly health: ChannelHealth;
  readonly changed: Change | undefined;
  readonly notices: readonly { readonly kind: NoticeKind; readonly lastedMs?: number }[];
}

/**
 * The channel's state after one more probe. Pure. Quiet is not offline: only checks that fail count towards it, and a
 * single good probe ends an outage.
 *
 * @param now Unix milliseconds
 */
export function advance(
  subject: Subject,
  before: ChannelHealth | undefined,
  { checks }: Finding,
  now: number,
): Advanced {
  const at = Timestamp.fromMillis(now);
  const worst = checks.find(({ state }) => state === "failed") ?? checks.find(({ state }) => state === "warning");
  const failed = worst?.state === "failed";
  const failures = failed ? (before?.failures ?? 0) + 1 : 0;
  const status = statusOf(before?.status, worst, failures);
  const change: Change | undefined =
    before?.status === status ? undefined : { status, at, ...(worst?.code !== undefined && { reason: worst.code }) };
  const health: ChannelHealth = {
    ...before,
    channel: subject,
    status,
    since: before?.status === status ? before.since : at,
    checkedAt: at,
    failures,
    checks: [...checks],
    reason: worst ? { code: worst.code ?? worst.name, advice: worst.advice ?? "" } : null,
    history: change ? [...(before?.history ?? []), change].slice(-HISTORY_KEPT) : (before?.history ?? []),
  };
  return { changed: change, ...withOutage(before, health, now) };
}

function statusOf(before: ChannelStatus | undefined, worst: Check | undefined, failures: number): ChannelStatus {
  if (failures >= FAILURES_UNTIL_OFFLINE) return "offline";
  // Until a probe succeeds, an outage goes on.
  if (failures > 0) return before === "offline" ? "offline" : "degraded";
  return worst ? "degraded" : "online";
}

/** What has to be told about the change, once each. */
function withOutage(
  before: ChannelHealth | undefined,
  health: ChannelHealth,
  now: number,
): Pick<Advanced, "health" | "notices"> {
  const at = Timestamp.fromMillis(now);
  const isOff = health.status === "offline";
  const wasOff = before?.status === "offline";
  if (isOff && !wasOff) {
    const recent = (before?.outages ?? []).filter((one) => now - one.toMillis() < FLAPPING_WINDOW_MS);
    const outages = [...recent, at];
    const starts = !before?.flapping && outages.length >= OUTAGES_UNTIL_FLAPPING;
    const flapping = before?.flapping === true || starts;
    const told = !flapping || starts;
    const notices = told ? [{ kind: starts ? ("flapping" as const) : ("offline" as const) }] : [];
    return { health: { ...health, outages, flapping, outage: { since: at, told } }, notices };
  }
  if (!isOff && wasOff) {
    const { outage } = before;
    const lastedMs = now - (outage?.since.toMillis() ?? now);
    // While it flaps, one good probe is no news.
    const notices = outage?.told && !before.flapping ? [{ kind: "recovered" as const, lastedMs }] : [];
    return { health: { ...health, outage: null }, notices };
  }
  const stableSince = now - health.since.toMillis();
  if (health.flapping && health.status === "online" && stableSince >= STABLE_MS) {
    return {
      health: { ...health, flapping: false, outages: [] },
      notices: [{ kind: "stable", lastedMs: stableSince }],
    };
  }
  return { health, notices: [] };
}
