import * as z from "zod";
import { type Market, WHATSAPP } from "../prices/index.ts";

const count = z.coerce.number().int().min(0).max(1_000_000_000);
const market = z.custom<Market>((value) => typeof value === "string" && value in WHATSAPP, {
  message: `one of ${Object.keys(WHATSAPP).join(", ")}`,
});

/**
 * How a stack is used: what prices by use are multiplied with. Whole numbers; a month has 30 days. What is `PerDay` or
 * `PerMonth`, and what is stored, grows with traffic; durations, sizes and shares do not.
 */
export const usageSchema = z.strictObject({
  /** In and out together: what the cost per 1000 messages is divided by. */
  messagesPerDay: count.min(1),

  /** Calls of inbox, widget and platform to the API. */
  apiRequestsPerDay: count,
  apiRequestMs: count,
  /** Deliveries of Meta to the function: messages, statuses, echoes. */
  webhooksPerDay: count,
  webhookMs: count,
  /** Answers of the model. Each is a call of the queue to the API, which lasts as long as the model thinks. */
  repliesPerDay: count,
  replyMs: count,
  /** Minutes in which an instance works only because a widget holds its live stream open, over all instances. */
  streamMinutesPerDay: count,
  scheduledCallMs: count,
  /** Cold starts of both services; each reads every secret of its service. */
  startsPerDay: count,
  deploysPerMonth: count,

  firestoreReadsPerDay: count,
  firestoreWritesPerDay: count,
  firestoreDeletesPerDay: count,
  /** Documents that a TTL policy removes: logs, one-time records. */
  firestoreExpiriesPerDay: count,
  firestoreStorageMiB: count,
  /** Read by browsers directly. */
  firestoreEgressMiBPerDay: count,

  /** Events that the store could not take at once. */
  fallbackEventsPerDay: count,
  attachmentsPerDay: count,
  attachmentsStorageMiB: count,
  artifactsStorageMiB: count,
  functionImagesMiB: count,

  /** From the services to the internet. */
  egressMiBPerDay: count,
  /** A request with its headers, on average: what a load balancer counts on its way in. */
  requestBytes: count,
  /** Log lines of one request together, the platform's own included. */
  logBytesPerRequest: count,
  /** Time series of one log-based metric. */
  seriesPerMetric: count,
  /** Time series that one evaluation of one alert condition looks at. */
  seriesPerCondition: count,
  /** People who sign in. */
  staffPerMonth: count,

  geminiInputTokens: count,
  geminiOutputTokens: count,
  /** Of the answers, those that go out by WhatsApp; Instagram, Messenger and the widget cost nothing. */
  whatsappPercent: count.max(100),
  whatsappTemplatesPerDay: count,
  whatsappMarket: market,
  emailsPerDay: count,
});

export type Usage = z.output<typeof usageSchema>;

/** What stays as it is when traffic grows. */
const CONSTANT: ReadonlySet<keyof Usage> = new Set([
  "apiRequestMs",
  "webhookMs",
  "replyMs",
  "scheduledCallMs",
  "deploysPerMonth",
  "artifactsStorageMiB",
  "functionImagesMiB",
  "requestBytes",
  "logBytesPerRequest",
  "seriesPerMetric",
  "seriesPerCondition",
  "staffPerMonth",
  "geminiInputTokens",
  "geminiOutputTokens",
  "whatsappPercent",
]);

/** The same stack under `factor` times the traffic. */
export function scaled(usage: Usage, factor: number): Usage {
  const entries = Object.entries(usage).map(([name, value]) => [
    name,
    typeof value === "number" && !CONSTANT.has(name as keyof Usage) ? Math.round(value * factor) : value,
  ]);
  return Object.fromEntries(entries) as Usage;
}
