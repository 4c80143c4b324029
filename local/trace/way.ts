import type { ChannelName } from "../../app/channels/channel.ts";
import { messageId } from "../../app/conversations/ids.ts";
import type { LogEntry } from "../services/monitoring/log-metrics.ts";

/** A message's way, from the lines that bear its trace. */
export interface Hop {
  /** Unix milliseconds: when it began. */
  readonly at: number;
  readonly service: string;
  /** `webhook`, `queue`, `assistant`, `send`, or the event's own name. */
  readonly name: string;
  /** Milliseconds, where the line says how long it took. */
  readonly tookMs?: number;
  readonly text: string;
}

/** The trace of a message: by our own id of it, or by the provider's. */
export function traceOf(entries: readonly LogEntry[], id: string): string | undefined {
  return entries.find((entry) => entry.trace !== undefined && isAbout(entry, id))?.trace;
}

function isAbout({ jsonPayload }: LogEntry, id: string): boolean {
  const { messageId: own, providerId, channel, account } = jsonPayload;
  if (own === id || providerId === id) return true;
  return typeof providerId === "string" && messageId(channel as ChannelName, String(account), providerId) === id;
}

/** Each line of the trace as a hop, in the order in which they began. */
export function wayOf(entries: readonly LogEntry[], trace: string): Hop[] {
  return entries
    .filter((entry) => entry.trace === trace)
    .map(hopOf)
    .sort((left, right) => left.at - right.at);
}

function hopOf({ at, jsonPayload, resource }: LogEntry): Hop {
  const { event, route, message, latencyMs, aiLatencyMs } = jsonPayload;
  // A line is written when its work is done.
  const took = [aiLatencyMs, latencyMs].find((value) => typeof value === "number");
  return {
    at: at - (took ?? 0),
    service: resource.labels.service_name ?? "",
    name: nameOf(String(event ?? ""), typeof route === "string" ? route : undefined),
    ...(took !== undefined && { tookMs: took }),
    text: String(message ?? ""),
  };
}

const NAMES: Readonly<Record<string, string>> = {
  message_received: "webhook",
  webhook_delivery: "webhook",
  webhook_fallback: "webhook",
  fallback_stored: "queue",
  ia_answer: "assistant",
  message_sent: "send",
  message_not_sent: "send",
};

function nameOf(event: string, route: string | undefined): string {
  if (route?.startsWith("/tasks/")) return "queue";
  return NAMES[event] ?? (route === undefined ? event || "line" : "request");
}
