import type { ChannelName } from "../../../app/channels/channel.ts";
import { TEXT_LIMITS } from "../../../app/channels/text.ts";

const utf8 = new TextEncoder();

/** How many more characters (bytes on Instagram) fit into one message; negative when there are too many. */
export function roomLeft(channel: ChannelName, text: string): number {
  // WebChat is ours; the API takes what WhatsApp takes.
  const limit = TEXT_LIMITS[channel === "webchat" ? "whatsapp" : channel];
  return limit.max - (limit.unit === "bytes" ? utf8.encode(text).byteLength : text.length);
}
