import type { Timestamp } from "firebase-admin/firestore";
import type { ChannelName } from "../channels/channel.ts";
import type { Histogram } from "./histogram.ts";

/** What is counted, by the hour and by the day. Every number only ever rises. */

export const METRICS = {
  /** `metrics_hourly/2026-11-25T14`, UTC */
  hourly: "metrics_hourly",
  /** `metrics_daily/2026-11-25`, a day where the business is */
  daily: "metrics_daily",
  /** `metrics_state/roll_up`: how far everything is counted */
  state: "metrics_state",
} as const;

/** Who answered. */
export type Author = "bot" | "person";

/** Durations of one author, of one channel or of one agent. */
export type Durations = Partial<Record<"firstResponse" | "reply" | "resolution", Histogram>>;

export type VolumeCounts = Partial<Record<"inbound" | "bot" | "person" | "automation" | "failed", number>>;

export interface AgentCounts {
  messages?: number;
  closed?: number;
  durations?: Durations;
}

export interface AutomationCounts {
  sent?: number;
  failed?: number;
  tasks?: number;
  skipped?: number;
  reasons?: Readonly<Record<string, number>>;
}

export interface AssistantCounts {
  latency?: Histogram;
  outcomes?: Readonly<Record<string, number>>;
}

/** What one slot of time counts. Absent is zero. */
export interface Counts {
  volume?: Partial<Record<ChannelName, VolumeCounts>>;
  durations?: Partial<Record<ChannelName, Partial<Record<Author, Durations>>>>;
  /** By uid. */
  agents?: Readonly<Record<string, AgentCounts>>;
  /** By trigger. */
  automations?: Readonly<Record<string, AutomationCounts>>;
  assistant?: AssistantCounts;
}

export interface Slot extends Counts {
  /** When it begins. */
  at: Timestamp;
  /** The TTL field. */
  expireAt: Timestamp;
}

/** How far each source is counted: the time of its last row that is in, and the row's id. */
export interface Place {
  readonly at: Timestamp;
  readonly id: string;
}

export interface RollUpState {
  places: Readonly<Record<string, Place>>;
  /** The hour whose incoming messages are being counted, and what is in already. */
  inbound: { hour: Timestamp; counts: Partial<Record<ChannelName, number>> };
  /** Everything up to here is in. */
  countedTo: Timestamp;
}
