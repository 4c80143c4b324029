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
  /** Share of sends that failed lately, 0 to 1. */
  readonly errorRate?: number;
  readonly webhook?: { readonly ok: boolean; readonly at?: number };
  readonly lastMessageAt?: number;
  readonly checkedAt?: number;
  readonly nextCheckAt?: number;
  /** Who was told about the present state, and when. */
  readonly notified?: { readonly who: string; readonly at?: number };
  /** When the state changed, oldest first. */
  readonly history: readonly StateChange[];
  /** News that Meta sent about the account, its number and its templates, newest first. */
  readonly notices: readonly Notice[];
}

export interface StateChange {
  readonly at: number;
  readonly state: ChannelState;
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
