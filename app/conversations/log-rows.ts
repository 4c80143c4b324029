import { Timestamp } from "firebase-admin/firestore";
import type { AnswerLog } from "../assistant/assistant.ts";
import { type IaLog, LOG_DAYS, type OmniLog } from "./model.ts";

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
}

/** One row of `omni_logs`. @param now Unix milliseconds */
export function omniLog(subject: Subject, news: OmniNews, now: number): OmniLog {
  return { ...news, ...common(subject, now, LOG_DAYS.omni) };
}

/** One row of `ia_logs`: a call of the model. @param now Unix milliseconds */
export function iaLog(subject: Subject, call: AnswerLog, now: number): IaLog {
  return { ...call, ...common(subject, now, LOG_DAYS.ia) };
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
