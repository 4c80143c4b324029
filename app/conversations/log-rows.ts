import { Timestamp } from "firebase-admin/firestore";
import type { AnswerLog } from "../assistant/assistant.ts";
import type { OutboxRow } from "./model.ts";

/** Days after which TTL removes a log row, or an outbox row that is finished. */
export const LOG_DAYS = { omni: 90, ia: 30, outbox: 30 } as const;

/** The type of the row that is written when a person closes a conversation. */
export const CLOSED = "conversation_closed";

/** `omni_logs/{id}` */
export interface OmniLog {
  type: string;
  conversationId: string;
  channel: string;
  userType: string;
  success: boolean;
  error?: string;
  timestamp: Timestamp;
  /** The TTL field. */
  expireAt: Timestamp;
  /** What was decided, where the type alone does not say. */
  outcome?: string;
  messageId?: string;
  trace?: string;
  /** `conversation_closed`: who closed it, whether a person had answered in it, and from its first message on how long. */
  agent?: string;
  withPerson?: boolean;
  durationMs?: number;
}

/** `ia_logs/{id}` */
export interface IaLog {
  conversationId: string;
  channel: string;
  userType: string;
  prompt: string;
  response: string;
  timestamp: Timestamp;
  /** The TTL field. */
  expireAt: Timestamp;
  model: string;
  promptTokens: number;
  responseTokens: number;
  latencyMs: number;
  outcome: string;
  trace?: string;
}

/** What a bot's message may be without anything having gone wrong. */
const ANSWERED: ReadonlySet<string> = new Set(["reply", "handoff", "handoff_returned"]);

const DAY_MS = 24 * 60 * 60 * 1000;

interface Subject {
  readonly conversationId: string;
  readonly channel: string;
  readonly userType: string;
  readonly trace?: string;
}

export interface OmniNews {
  readonly type: string;
  readonly success: boolean;
  readonly error?: string;
  readonly outcome?: string;
  readonly messageId?: string;
  readonly agent?: string;
  readonly withPerson?: boolean;
  readonly durationMs?: number;
}

/** One row of `omni_logs`. @param now Unix milliseconds */
export function omniLog(subject: Subject, news: OmniNews, now: number): OmniLog {
  return { ...news, ...common(subject, now, LOG_DAYS.omni) };
}

/** One row of `ia_logs`: a call of the model. @param now Unix milliseconds */
export function iaLog(subject: Subject, call: AnswerLog, now: number): IaLog {
  return { ...call, ...common(subject, now, LOG_DAYS.ia) };
}

/**
 * The row of `omni_logs` that a send ends in: the burst that it answers is processed then, or the automation carried
 * out. A person's own message has none. @param now Unix milliseconds
 */
export function processedLog(row: OutboxRow, failure: string | undefined, now: number): OmniLog | undefined {
  if (row.author !== "bot") return undefined;
  const automated = row.automation !== undefined;
  const answered = automated || (row.outcome !== undefined && ANSWERED.has(row.outcome));
  const error = failure ?? (answered ? undefined : row.outcome);
  const news = {
    type: automated ? `automation_${row.automation}` : "message_processed",
    success: error === undefined,
    messageId: row.id,
    ...(error !== undefined && { error }),
    ...(row.outcome !== undefined && { outcome: row.outcome }),
  };
  return omniLog({ ...row, userType: row.userType ?? "cliente" }, news, now);
}

function common(subject: Subject, now: number, days: number) {
  return {
    conversationId: subject.conversationId,
    channel: subject.channel,
    userType: subject.userType,
    timestamp: Timestamp.fromMillis(now),
    expireAt: daysLater(now, days),
    ...(subject.trace !== undefined && { trace: subject.trace }),
  };
}

/** When TTL may remove what was written now. */
export function daysLater(now: number, days: number): Timestamp {
  return Timestamp.fromMillis(now + days * DAY_MS);
}
