import type { ChannelName } from "../../../app/channels/channel.ts";

/** Worst first. `unknown`: nobody has looked yet. */
export const STATES = ["offline", "degraded", "unknown", "online"] as const;
export type ChannelState = (typeof STATES)[number];

/** A channel as OmniChannelStatus shows it: `channels/{channel}`. Times are Unix milliseconds. */
export interface ChannelHealth {
  readonly channel: ChannelName;
  readonly state: ChannelState;
  /** Since when it is so. */
  readonly since?: number;
  /** What the last check said went wrong, for a person to read. */
  readonly reason?: string;
  /** The code of that check: `token_invalid`, `graph_190` … */
  readonly reasonCode?: string;
  /** Share of sends that failed lately, 0 to 1. */
  readonly errorRate?: number;
  /** Whether the channel tells us what happens in it; absent where nothing has to be subscribed, or nobody has looked. */
  readonly webhookOk?: boolean;
  readonly lastInboundAt?: number;
  readonly lastOutboundAt?: number;
  readonly checkedAt?: number;
  readonly nextCheckAt?: number;
  /** By which ways the administrators were told that it is down, when it is. */
  readonly notified?: readonly NoticeWay[];
  readonly account?: AccountState;
  /** When the state changed, oldest first. */
  readonly history: readonly StateChange[];
  /** News that Meta sent about the account, its number and its templates, newest first. */
  readonly notices: readonly Notice[];
}

export type NoticeWay = "slack" | "email";

/** What Meta says of the account; absent is what it did not say. */
export interface AccountState {
  /** The number, the Page's name or `@user`. */
  readonly name?: string;
  /** `null`: the token never expires. */
  readonly tokenExpiresAt?: number | null;
  readonly quality?: Quality;
  /** Customers a day that may be written to first: `10K`. */
  readonly limitTier?: string;
}

export const QUALITIES = ["GREEN", "YELLOW", "RED"] as const;
export type Quality = (typeof QUALITIES)[number];

export interface StateChange {
  readonly at: number;
  readonly state: ChannelState;
  /** Code of the check that did it. */
  readonly reason?: string;
}

/** A time in which the channel did not work as it should. Unix milliseconds. */
export interface Incident {
  readonly from: number;
  /** Absent: it goes on. */
  readonly until?: number;
  /** The worst that it came to. */
  readonly state: "offline" | "degraded";
  /** Code of the first check that failed. */
  readonly reason?: string;
}

export interface Notice {
  readonly at: number;
  readonly field: string;
  readonly detail: string;
}

export const DAY_MS = 24 * 3_600_000;
/** Half an hour each. */
export const SLOTS = 48;

/** The last 24 hours in {@link SLOTS} slots, oldest first; each shows the worst state that it saw. */
export function dayStrip(history: readonly StateChange[], now: number): ChannelState[] {
  const slot = DAY_MS / SLOTS;
  const start = now - DAY_MS;
  return Array.from({ length: SLOTS }, (_, index) => {
    const from = start + index * slot;
    const before = history.findLast((change) => change.at <= from)?.state ?? "unknown";
    const within = history
      .filter((change) => change.at > from && change.at <= from + slot)
      .map((change) => change.state);
    // Not having looked yet is worse than being well, but says nothing beside what was seen.
    const seen = within.length > 0 && before === "unknown" ? within : [before, ...within];
    return STATES.find((state) => seen.includes(state)) ?? "unknown";
  });
}

/** The worst first; alike ones in the order of the channels. */
export function worstFirst(channels: readonly ChannelHealth[]): ChannelHealth[] {
  return [...channels].sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state));
}

/** What went wrong in the last 24 hours, the newest first: from leaving `online` to coming back to it. */
export function incidents(history: readonly StateChange[], now: number): Incident[] {
  const found: Incident[] = [];
  let open: Incident | undefined;
  for (const { at, state, reason } of history) {
    if (state === "offline" || state === "degraded") {
      const worst = state === "offline" || open?.state === "offline" ? "offline" : "degraded";
      const cause = open?.reason ?? reason;
      open = { from: open?.from ?? at, state: worst, ...(cause === undefined ? {} : { reason: cause }) };
    } else if (open !== undefined) {
      found.push({ ...open, until: at });
      open = undefined;
    }
  }
  if (open !== undefined) found.push(open);
  return found.filter(({ until }) => until === undefined || until > now - DAY_MS).reverse();
}
