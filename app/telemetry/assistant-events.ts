/**
 * The log lines about answers, of which metrics and alerts are made: what stands in `jsonPayload`, by `event`. Names and
 * units are a contract with `infra/`: a field that changes its meaning gets a new name.
 */

/** One line for each answer, also those that no model was asked for. */
export interface AnswerLine {
  readonly event: "ia_answer";
  readonly conversationId: string;
  readonly channel: string;
  readonly userType: string;
  /** `reply`, `handoff`, or why there was no answer of the model's: `quota`, `timeout`, `unsafe` … */
  readonly outcome: string;
  /** The configured model id, or `none` when no model was asked (a plain wish for a person, an open circuit). */
  readonly model: string;
  /**
   * Milliseconds from the question to the answer, every call and wait between them included. Absent when no model was
   * asked: those answers take no time, and would hide a slow model.
   */
  readonly aiLatencyMs?: number;
  /** Tokens of all calls together; thinking counts as output. */
  readonly promptTokens: number;
  readonly responseTokens: number;
}

/** One line for each call of the model that failed; an answer makes up to three. */
export interface CallFailedLine {
  readonly event: "ia_call_failed";
  readonly conversationId: string;
  readonly model: string;
  /** `rate`, `timeout`, `unavailable`, `model_unknown`, `refused`, `blocked`, `unusable`. */
  readonly failure: string;
  /** The provider's status or reason; never its text. */
  readonly detail: string;
  /** Which call of this answer, from 1. */
  readonly call: number;
}

/** One line for each answer of the model's that was not fit to be sent. */
export interface AnswerRejectedLine {
  readonly event: "ia_answer_rejected";
  readonly conversationId: string;
  readonly model: string;
  /** The rules that it broke. */
  readonly faults: readonly string[];
}

/** A conversation that now waits for a person. */
export interface HandoffLine {
  readonly event: "handoff";
  readonly conversationId: string;
  readonly channel: string;
  readonly userType: string;
  /** `customer_asked`, `answer_unsafe` …, or the model's own few words. */
  readonly reason: string;
}

/** A conversation that went back to the bot, since nobody took it in time. */
export interface HandoffReturnedLine {
  readonly event: "handoff_returned";
  readonly conversationId: string;
  readonly channel: string;
  /** Minutes that the customer had waited. */
  readonly waitedMinutes: number;
}

export type AssistantLine = AnswerLine | CallFailedLine | AnswerRejectedLine | HandoffLine | HandoffReturnedLine;
