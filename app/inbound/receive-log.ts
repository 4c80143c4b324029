import type { ChannelEvent, MessageEvent, MetaChannelName } from "../channels/channel.ts";
import type { Log } from "../telemetry/log.ts";
import type { Persisted } from "./persist.ts";

/** How the specification's log lines name the channels. */
export const SHORT_NAMES: Readonly<Record<MetaChannelName, string>> = {
  whatsapp: "WA",
  instagram: "IG",
  facebook: "FB",
};
const LONGEST_LOGGED_TEXT = 200;

/** The specification's line, once per message that was not known before. */
export function logEvents(log: Log, events: readonly ChannelEvent[], persisted: Persisted, latencyMs: number): void {
  for (const [index, event] of events.entries()) {
    const result = persisted.results[index];
    if (event.type === "message" && event.direction === "in" && result?.fresh) {
      const fields = {
        event: "message_received",
        channel: event.channel,
        conversationId: result.conversationId,
        latencyMs,
      };
      log.info(fields, lineOf(event));
    } else if (event.type === "unknown") {
      log.warn({ event: "event_not_understood", channel: event.channel, reason: event.reason }, "Event kept raw");
    }
  }
}

function lineOf(event: MessageEvent): string {
  const { text } = event;
  const shown =
    text.length > LONGEST_LOGGED_TEXT ? `${text.slice(0, LONGEST_LOGGED_TEXT)}…` : text || `[${event.kind}]`;
  return `[Omni ${SHORT_NAMES[event.channel]}] Mensagem de ${event.customer}: "${shown}"`;
}
