import type { ChannelName, MetaChannelName } from "../channels/channel.ts";
import type { AnswerLine } from "./assistant-events.ts";

/**
 * The lines that Cloud Monitoring counts and measures, by their `event`. The log-based metrics of the stack
 * (infra/components/monitoring) name these events and fields, and are checked against these types: a field that is
 * renamed here and not there does not compile.
 */
export interface MeasuredEvents {
  /** A message that was not known before. */
  message_received: {
    readonly channel: ChannelName;
    readonly conversationId: string | undefined;
    readonly account: string;
    readonly providerId: string;
  };
  /** A message that left. */
  message_sent: {
    readonly channel: ChannelName;
    readonly author: "bot" | "person" | "automation";
    readonly conversationId: string;
    readonly messageId: string;
    readonly attempts: number;
    /** From the customer's newest message; of an answer only. */
    readonly answeredInMs?: number;
    readonly shortened: boolean;
    readonly trigger?: string;
  };
  /** A send that came to nothing, for now or for good. */
  message_not_sent: {
    readonly channel: ChannelName;
    readonly author: "bot" | "person" | "automation";
    readonly conversationId: string;
    readonly messageId: string;
    readonly attempts: number;
    readonly failure: string;
    readonly code: number;
    readonly reason: string;
  };
  ia_answer: Omit<AnswerLine, "event">;
  /** Somebody has waited longer than two minutes. Once a minute for each, while it lasts. */
  answer_overdue: {
    readonly channel: ChannelName;
    readonly conversationId: string;
    readonly waitedMs: number;
  };
  /** One trigger in one run. */
  automation_run: { readonly trigger: string; readonly dryRun: boolean; readonly due: number; readonly sent: number };
  /** What became of one follow-up; one that is only put off is not counted. */
  automation_outcome: {
    readonly trigger: string;
    readonly sendId: string;
    readonly outcome: "sent" | "skipped" | "task" | "failed";
    readonly reason?: string;
  };
}

export type MeasuredEvent = keyof MeasuredEvents;

/** The fields of a measured line. */
export function measured<Event extends MeasuredEvent>(
  event: Event,
  fields: MeasuredEvents[Event],
): { readonly event: Event } & MeasuredEvents[Event] {
  return { event, ...fields };
}

/**
 * What Meta was answered: on exactly one line of each delivery, whatever else that line tells. A delivery with one
 * message, which most are, has no second line for it.
 */
export interface DeliveryFields {
  readonly channel: MetaChannelName;
  /**
   * `stored`, `queued` (stored later): acknowledged. `unavailable` (neither store nor queue), `busy`: refused, Meta
   * delivers again. `rejected`: the signature is not Meta's, which says nothing about us.
   */
  readonly delivery: "stored" | "queued" | "unavailable" | "busy" | "rejected";
  /** HTTP status of the answer. */
  readonly status: number;
  /** From the first byte of the body read to the answer. */
  readonly latencyMs: number;
}

/** One line for each request to Cloud Run. */
export interface RequestFields {
  /** The route's pattern, so that ids do not make a metric of their own. */
  readonly route: string;
  readonly status: number;
  readonly latencyMs: number;
  readonly channel?: string;
}
