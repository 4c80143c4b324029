import { CHANNELS, type ChannelEvent, type MetaChannelName } from "../channels/channel.ts";
import type { Parsers } from "../channels/create.ts";
import { rawOf } from "../channels/meta/values.ts";

const CHANNEL_BY_OBJECT: Readonly<Record<string, MetaChannelName>> = {
  whatsapp_business_account: "whatsapp",
  instagram: "instagram",
};

/** Signed bytes always become events: what is no JSON, or no payload of ours, is kept raw. */
export function readEvents(parsers: Parsers, path: MetaChannelName, body: Buffer, at: number): ChannelEvent[] {
  let payload: unknown;
  try {
    payload = JSON.parse(body.toString("utf8"));
  } catch {
    return [
      { type: "unknown", channel: path, account: "", at, reason: "json_malformed", raw: rawOf(body.toString("utf8")) },
    ];
  }
  return parsers[channelOf(payload, path)](payload);
}

/** The payload itself says whose it is, in case a callback URL was set to the wrong channel. */
function channelOf(payload: unknown, path: MetaChannelName): MetaChannelName {
  const object = typeof payload === "object" && payload !== null && "object" in payload ? payload.object : undefined;
  if (typeof object === "string" && Object.hasOwn(CHANNEL_BY_OBJECT, object)) return CHANNEL_BY_OBJECT[object] ?? path;
  return object === "page" && path === "whatsapp" ? "facebook" : path;
}

/** Whether a path names one of the channels that Meta delivers to. */
export function isMetaChannel(channel: string): channel is MetaChannelName {
  return channel !== "webchat" && (CHANNELS as readonly string[]).includes(channel);
}
