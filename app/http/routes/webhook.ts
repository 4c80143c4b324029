import { type RequestHandler, type Router, raw } from "express";
import type { MetaChannelName } from "../../channels/channel.ts";
import type { LogLocals } from "../request-log.ts";

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

/** One path per channel of Meta's, each with its handshake. */
export function serveWebhooks(router: Router, handlers: WebhookHandlers): void {
  for (const channel of META_CHANNELS) {
    const path = pathOf(channel);
    const named: RequestHandler = (_request, response, next) => {
      Object.assign(response.locals as LogLocals, { route: path, channel });
      next();
    };
    router.get(path, named, handlers.handshake(channel));
    // Whatever its type says and never inflated: the signature is over the bytes as they came.
    router.post(path, named, raw({ type: () => true, limit: BODY_LIMIT, inflate: false }), handlers.receive(channel));
  }
}
