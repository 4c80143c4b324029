import { type RequestHandler, type Router, raw } from "express";
import type { MetaChannelName } from "../../channels/channel.ts";
import { createMeter, type Meter } from "../../inbound/meter.ts";
import { write } from "../../inbound/node.ts";
import { PROBLEMS } from "../../inbound/problem.ts";
import type { LogLocals } from "../request-log.ts";

const MB = 1024 * 1024;
/** As Meta may send at most 3 MB, and a little more. */
const BODY_LIMIT = "4mb";
const META_CHANNELS: readonly MetaChannelName[] = ["whatsapp", "instagram", "facebook"];
const pathOf = (channel: MetaChannelName) => `/api/omni/webhook/${channel}`;
/** The specification's URLs. */
export const WEBHOOK_PATHS: readonly string[] = META_CHANNELS.map(pathOf);

/** The part that receives: the same one that the Cloud Function serves. */
export interface WebhookHandlers {
  /** Answers Meta's handshake. */
  readonly handshake: (channel: MetaChannelName) => RequestHandler;
  /** Verifies, stores and acknowledges. `request.body` is the untouched Buffer. */
  readonly receive: (channel: MetaChannelName) => RequestHandler;
}

/** How much may be under way at once. */
export interface Room {
  readonly requests: number;
  /** Of bodies, by what their senders say. */
  readonly bytes: number;
}

/** The instance has 512 MiB for everything; a body is held as bytes, as text and parsed. */
const ROOM: Room = { requests: 256, bytes: 32 * MB };

/**
 * Back-pressure before a byte of the body is read: what would not fit into memory is told to come again. No 429, which is
 * for callers who ask too much; a delivery of Meta's is never too much, only too soon.
 */
function roomFor(meter: Meter): RequestHandler {
  return (request, response, next) => {
    const length = Number(request.get("content-length") ?? Number.NaN);
    const leave = meter.enter(Number.isFinite(length) ? length : 4 * MB);
    if (leave) {
      response.once("close", leave);
      next();
      return;
    }
    // The connection would have to carry the rest of the body before another request.
    response.set("connection", "close");
    write(response, PROBLEMS.busy);
  };
}

/** One path per channel of Meta's, each with its handshake. */
export function serveWebhooks(router: Router, handlers: WebhookHandlers, room: Room = ROOM): void {
  const meter = createMeter(room.requests, room.bytes);
  for (const channel of META_CHANNELS) {
    const path = pathOf(channel);
    const named: RequestHandler = (_request, response, next) => {
      Object.assign(response.locals as LogLocals, { route: path, channel });
      next();
    };
    router.get(path, named, handlers.handshake(channel));
    // Whatever its type says and never inflated: the signature is over the bytes as they came.
    router.post(
      path,
      named,
      roomFor(meter),
      raw({ type: () => true, limit: BODY_LIMIT, inflate: false }),
      handlers.receive(channel),
    );
  }
}
