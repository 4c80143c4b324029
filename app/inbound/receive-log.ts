import type { ChannelEvent, MessageEvent, MetaChannelName } from "../channels/channel.ts";
import type { Log } from "../telemetry/log.ts";
import { type DeliveryFields, measured } from "../telemetry/measured.ts";
import type { Persisted } from "./persist.ts";

/** How the specification's log lines name the channels. */
export const SHORT_NAMES: Readonly<Record<MetaChannelName, string>> = {
  whatsapp: "WA",
  instagram: "IG",
  facebook: "FB",
};
const LONGEST_LOGGED_TEXT = 200;
/** Not the sign of one character: beyond Latin-1 the whole line takes twice as long to be written. */
const CUT = "...";

/** The specification's line, once per message that was not known before. */
export function logEvents(
  log: Log,
  events: readonly ChannelEvent[],
  persisted: Persisted,
  delivery: DeliveryFields,
): void {
  // What was answered stands on the first line; a delivery that has none to write gets one for it.
  let answered: DeliveryFields | undefined = delivery;
  for (const [index, event] of events.entries()) {
    const result = persisted.results[index];
    if (event.type === "message" && event.direction === "in" && result?.fresh) {
      const { channel, account, providerId } = event;
      const fields = measured("message_received", {
        channel,
        conversationId: result.conversationId,
        account,
        providerId,
      });
      log.info({ ...fields, ...answered }, lineOf(event));
      answered = undefined;
    } else if (event.type === "unknown") {
      const { channel, reason } = event;
      log.warn({ event: "event_not_understood", channel, reason, ...answered }, "Event kept raw");
      answered = undefined;
    }
  }
  if (!answered) return;
  const fields = { event: "webhook_delivery", events: events.length, ...answered };
  log.info(fields, `[Omni ${SHORT_NAMES[delivery.channel]}] Webhook: ${events.length} eventos`);
}

function lineOf(event: MessageEvent): string {
  const { text } = event;
  const shown =
    text.length > LONGEST_LOGGED_TEXT ? `${text.slice(0, LONGEST_LOGGED_TEXT)}${CUT}` : text || `[${event.kind}]`;
  return `[Omni ${SHORT_NAMES[event.channel]}] Mensagem de ${event.customer}: "${shown}"`;
}
