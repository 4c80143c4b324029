import * as z from "zod";
import type { ChannelEvent } from "../channels/channel.ts";
import { CHANNELS, MESSAGE_KINDS, providerIdOf } from "../channels/channel.ts";
import { rawOf } from "../channels/meta/values.ts";
import type { MediaQueue, RepliesQueue } from "../conversations/model.ts";
import type { Log } from "../telemetry/log.ts";
import type { InboundStore } from "./persist.ts";

/**
 * An event as the fallback topic carries it: written by our own webhook, perhaps by an older version of it. The parts
 * that storing relies on are checked; a field that is missing here would only be missed in the document.
 */
const base = {
  channel: z.enum(CHANNELS).exclude(["webchat"]),
  account: z.string(),
  at: z.number().int().positive(),
};
const customer = z.string().min(1);
const error = z.object({ code: z.number(), title: z.string() }).optional();

const eventSchema = z.discriminatedUnion("type", [
  z.looseObject({
    ...base,
    type: z.literal("message"),
    direction: z.enum(["in", "echo"]),
    providerId: z.string().min(1),
    customer,
    kind: z.enum(MESSAGE_KINDS),
    text: z.string(),
    attachments: z.array(z.looseObject({ type: z.string() })),
    error,
  }),
  z.looseObject({
    ...base,
    type: z.literal("status"),
    customer,
    providerId: z.string().min(1),
    status: z.enum(["sent", "delivered", "read", "failed"]),
    error,
  }),
  z.looseObject({
    ...base,
    type: z.literal("watermark"),
    customer,
    status: z.enum(["delivered", "read"]),
    watermark: z.number().int().positive(),
  }),
  z.looseObject({ ...base, type: z.literal("reaction"), customer, target: z.string().min(1), emoji: z.string() }),
  z.looseObject({
    ...base,
    type: z.literal("edit"),
    customer,
    target: z.string().min(1),
    text: z.string(),
    revision: z.number(),
  }),
  z.looseObject({ ...base, type: z.literal("deletion"), customer, target: z.string().min(1) }),
  z.looseObject({ ...base, type: z.literal("preference"), customer, optOut: z.boolean() }),
  z.looseObject({
    ...base,
    type: z.literal("account"),
    field: z.string(),
    detail: z.record(z.string(), z.string()),
  }),
  z.looseObject({ ...base, type: z.literal("unknown"), reason: z.string(), raw: z.string() }),
]);

const messageSchema = z.object({ event: eventSchema, trace: z.string().optional() });

export interface InboundTaskOptions {
  readonly store: InboundStore;
  readonly replies: RepliesQueue;
  readonly media: MediaQueue;
  readonly log: Log;
  /** Unix milliseconds. Default the system's clock. */
  readonly now?: () => number;
}

/**
 * Stores one event that the webhook could only queue: the same step, later. For `POST /tasks/inbound`.
 *
 * The result takes the decoded data of the message. Data that is no event is kept raw and counts as done, since no
 * repetition mends it. @throws when the store is not well, so that Pub/Sub delivers again.
 */
export function createInboundTask(options: InboundTaskOptions): (data: unknown) => Promise<void> {
  const now = options.now ?? Date.now;
  return async (data) => {
    const message = messageSchema.safeParse(data);
    const event = message.success ? (message.data.event as ChannelEvent) : notAnEvent(data, now());
    const trace = message.success && message.data.trace !== undefined ? { trace: message.data.trace } : {};
    const { awaiting, withFiles, results } = await options.store.persist([event], trace);
    const fields = {
      event: "fallback_stored",
      channel: event.channel,
      type: event.type,
      providerId: providerIdOf(event),
      fresh: results[0]?.fresh,
    };
    if (message.success) options.log.info(fields, "Queued event stored");
    else options.log.error({ ...fields, err: message.error }, "A message on the fallback topic is no event; kept raw");
    await Promise.all([
      ...awaiting.map((conversationId) => options.replies.publish({ conversationId, ...trace })),
      ...withFiles.map((messageId) => options.media.publish({ messageId, ...trace })),
    ]);
  };
}

function notAnEvent(data: unknown, at: number): ChannelEvent {
  return {
    type: "unknown",
    channel: "whatsapp",
    account: "",
    at,
    reason: "fallback_message_malformed",
    raw: rawOf(data),
  };
}
