import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

const OPAQUE = "application/octet-stream";
const STARTS = "http.server.request.start";

/**
 * Makes the functions framework hand bodies over as they came. It would otherwise parse every JSON body before the
 * handler sees it: bytes that nobody has verified yet, twice the work, and a 400 for signed bytes that are no JSON, which
 * Meta would deliver again and again. The framework has no setting for this, but it leaves a body of opaque bytes alone;
 * so each POST is declared to be one, when the request starts and before any handler runs.
 * @returns ends it: it holds for every server of the process
 */
export function keepBodiesRaw(): () => void {
  const declareOpaque = (message: unknown): void => {
    const { request } = message as { request: IncomingMessage };
    if (request.method === "POST") request.headers["content-type"] = OPAQUE;
  };
  subscribe(STARTS, declareOpaque);
  return () => unsubscribe(STARTS, declareOpaque);
}
