import type { ChannelName } from "../channels/channel.ts";

/** What all five triggers have in common, so that a sixth is one module and one line in `triggers/index.ts`. */

/** How a time was written. The platform's own collections are not ours, and not all of one kind. */
export type TimeKind = "timestamp" | "text" | "number";

/** Which documents may be due: fields with these values, and a time that lies longer back than `ageMs`. */
export interface DueQuery {
  readonly collection: string;
  readonly where: Readonly<Record<string, string | boolean>>;
  readonly timeField: string;
  readonly timeKinds: readonly TimeKind[];
  readonly ageMs: number;
}

/** One document, and the one that it points to, as they are. */
export interface Entity {
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly related?: Readonly<Record<string, unknown>> | undefined;
}

/** When it is looked at, and whether this very send has already written into the conversation. */
export interface Look {
  /** Unix milliseconds. */
  readonly now: number;
  readonly sendId: string;
  /** When it became due, as noted when it was first found. */
  readonly dueAt?: number;
}

export interface AutomationMessage {
  /** The specification's words, for a chat. */
  readonly text: string;
  /** What may stand in an approved template, by name. */
  readonly values: Readonly<Record<string, string>>;
  /** The same as an e-mail. */
  readonly email: EmailContent;
}

export interface EmailContent {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly callToAction: { readonly label: string; readonly path: string };
}

/** Somebody who is due a message. */
export interface Case {
  readonly dueAt: number;
  /** The user's document id, which is an e-mail address. */
  readonly userId?: string;
  /** Where the user document must exist: an account that was deleted gets nothing. */
  readonly userRequired: boolean;
  readonly conversationId?: string;
  readonly name?: string;
  /** As the platform has it, proven by nobody: only what was said from it against automations counts. */
  readonly phone?: string;
  readonly timeZone?: string;
  readonly message: AutomationMessage;
}

/** Why nothing is sent, and will not be for this due date. */
export const SKIP_REASONS = [
  "not_due",
  "too_late",
  "gone",
  "changed",
  "incomplete",
  "absurd_date",
  "no_user",
  "opted_out",
  "human_mode",
  "closed",
  "after_automation",
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

export type Examined = { readonly case: Case } | { readonly skip: SkipReason };

export interface Trigger {
  /** As in the specification: stands in log lines, log types and document ids. */
  readonly name: string;
  readonly due: DueQuery;
  /** The document that the message also needs. */
  readonly related?: (data: Readonly<Record<string, unknown>>) => { collection: string; id: string } | undefined;
  /** Whether the condition holds, exactly, and what is to be said to whom. Pure; never throws. */
  readonly examine: (entity: Entity, look: Look) => Examined;
  /** The conversation itself, the user's own choice (else `fallback`), or e-mail. */
  readonly channel: "conversation" | "email" | { readonly preferred: ChannelName };
}

export const HOUR_MS = 3_600_000;
