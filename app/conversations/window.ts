import type { Channel, ChannelName, MetaChannelName, SendingWindow } from "../channels/channel.ts";
import { WINDOW_MS } from "./decide.ts";

export type Channels = Readonly<Record<MetaChannelName, Channel>>;

/** Which kind of message may go out now. The web chat is ours and has no window. Times in Unix milliseconds. */
export function sendingWindow(
  channels: Channels,
  channel: ChannelName,
  lastInboundAt: number,
  now: number,
): SendingWindow {
  if (channel === "webchat") return { state: "open", expiresAt: now + WINDOW_MS };
  return channels[channel].window(lastInboundAt, now);
}
