import type { ChannelName } from "../channels/channel.ts";
import type { Language, UserType } from "../conversations/model.ts";

/** One earlier message, as the model may see it. */
export interface Turn {
  readonly author: "customer" | "bot" | "person";
  readonly text: string;
  /** Unix milliseconds. */
  readonly at: number;
}

/** Everything an answer may draw on. Nothing of another customer is ever in here. */
export interface AnswerRequest {
  readonly conversationId: string;
  readonly channel: ChannelName;
  readonly userType: UserType;
  readonly customerName?: string;
  /** Oldest first; the last ones, by the customer, are what is to be answered. */
  readonly history: readonly Turn[];
  /** The platform's own facts about this customer, one short line each. */
  readonly facts: readonly string[];
  readonly trace?: string;
}

/** Why there is no answer of the model's. */
export type AnswerFailure =
  | "quota"
  | "quota_day"
  | "timeout"
  | "unavailable"
  | "blocked"
  | "malformed"
  | "unsafe"
  | "circuit_open"
  | "model_unknown"
  | "refused";

/** What to do about a customer's message. `text` is always fit to be sent. */
export type Answer =
  | { readonly outcome: "reply"; readonly text: string; readonly language: Language; readonly log: AnswerLog }
  | {
      readonly outcome: "handoff";
      readonly text: string;
      readonly reason: string;
      readonly language: Language;
      readonly log: AnswerLog;
    }
  /** The specification's fixed text; the conversation stays queued for a person. */
  | {
      readonly outcome: "fallback";
      readonly text: string;
      readonly failure: AnswerFailure;
      readonly language: Language;
      readonly log: AnswerLog;
    };

/** One row of `ia_logs`. */
export interface AnswerLog {
  readonly prompt: string;
  readonly response: string;
  readonly model: string;
  readonly promptTokens: number;
  readonly responseTokens: number;
  readonly latencyMs: number;
  readonly outcome: "reply" | "handoff" | AnswerFailure;
}

/** Specification section 9.3, to the letter. */
export const FALLBACK_TEXT =
  "Desculpe, estou com muitas solicitações no momento. Por favor, tente novamente em instantes.";

export interface Assistant {
  /** Never throws: every failure of the model ends in an answer that may be sent. Bounded by 8 s in all. */
  answer(request: AnswerRequest): Promise<Answer>;
}
