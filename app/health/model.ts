import type { Timestamp } from "firebase-admin/firestore";

/** What is watched: the four channels, and the two services that they lean on. */
export const SUBJECTS = ["whatsapp", "instagram", "facebook", "webchat", "email", "assistant"] as const;
export type Subject = (typeof SUBJECTS)[number];

export const HEALTH_COLLECTIONS = {
  channels: "channels",
  changes: "channel_changes",
  notices: "health_notices",
} as const;

/** `degraded`: it may still work; the last probes failed, or something calls for a look. */
export type ChannelStatus = "online" | "degraded" | "offline";

/** One thing that a probe looked at. */
export interface Check {
  readonly name: string;
  readonly state: "ok" | "warning" | "failed";
  /** Stable, for programs; with `state` not ok. */
  readonly code?: string;
  /** For people, in Portuguese: what was seen and what to do. */
  readonly advice?: string;
}

export interface Change {
  status: ChannelStatus;
  at: Timestamp;
  /** Code of the check that did it. */
  reason?: string;
}

/** What Meta says of the account: absent is what it did not say. */
export interface AccountState {
  /** The number, the Page's name or `@user`. */
  name?: string;
  /** null: the token never expires. */
  tokenExpiresAt?: Timestamp | null;
  /** WhatsApp: `GREEN`, `YELLOW`, `RED` or `UNKNOWN`. */
  quality?: string;
  /** WhatsApp: how many customers a day may be written to first, such as `TIER_10K`. */
  limitTier?: string;
}

/** The part of `channels/{subject}` that the probe writes; webhooks write `notices` beside it. */
export interface ChannelHealth {
  channel: Subject;
  status: ChannelStatus;
  /** Since when it has this status. */
  since: Timestamp;
  checkedAt: Timestamp;
  /** When the clock calls the probe again. */
  nextCheckAt?: Timestamp;
  /** Probes that failed one after the other. */
  failures: number;
  checks: Check[];
  /** The check that explains the status, when it is not online. */
  reason?: { code: string; advice: string } | null;
  /** The last webhook, by the provider's clock. */
  lastInboundAt?: Timestamp | null;
  /** The last message that the channel took from us. */
  lastOutboundAt?: Timestamp | null;
  account?: AccountState;
  /** What the administrators were last told, and by which ways. */
  notified?: { kind: NoticeKind; at: Timestamp; by: ("slack" | "email")[] };
  /** Share of the last hour's sends that failed, 0 to 1, and of how many. */
  errorRate?: { share: number; of: number } | null;
  /** The newest changes, oldest first: what the status page draws. All are in `channel_changes`. */
  history: Change[];
  /** Who was told about the outage that is on, and since when it is. */
  outage?: { since: Timestamp; told: boolean } | null;
  /** When it went offline lately; what makes it flap. */
  outages?: Timestamp[];
  /** Told once; quiet until it has been stable for a while. */
  flapping?: boolean;
  rhythm?: Rhythm;
}

/** How often this channel's webhooks come, learned by the hour of the week (UTC). */
export interface Rhythm {
  /** For each of 168 hours, the share of probes that found a new webhook. */
  usual: number[];
  probes: number;
  /** How surprising the present silence is: minus the logarithm of its probability. */
  surprise: number;
}

export const NOTICE_KINDS = ["offline", "recovered", "flapping", "stable"] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** `health_notices/{id}`: news for the administrators, until both ways have taken it. */
export interface Notice {
  id: string;
  channel: Subject;
  kind: NoticeKind;
  text: string;
  detail: string;
  slack: "pending" | "sent" | "off" | "gave_up";
  email: "pending" | "sent" | "off" | "gave_up";
  open: boolean;
  attempts: number;
  /** Another run leaves it alone until then. */
  leaseUntil: Timestamp;
  createdAt: Timestamp;
  expireAt: Timestamp;
}

/** Portuguese names, as the inbox shows them. */
export const SUBJECT_NAMES: Readonly<Record<Subject, string>> = {
  whatsapp: "WhatsApp",
  instagram: "Instagram",
  facebook: "Messenger",
  webchat: "WebChat",
  email: "E-mail (SendGrid)",
  assistant: "Assistente (Gemini)",
};
