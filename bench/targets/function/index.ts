import type { ServerResponse } from "node:http";
import { channelOfPath, type ParsedRequest, answer as write } from "../../../app/inbound/node.ts";
import { keepBodiesRaw } from "../../../app/inbound/raw-bytes.ts";
import { leanVerify } from "../lean-receiver.ts";
import { BENCH_SECRET, stubbedReceive } from "../stubbed-receive.ts";

/** Two functions for the functions framework: the shipped receiver over a store that answers at once, and the lean one. */

const receive = stubbedReceive();
if (process.env.FUNCTION_TARGET === "ours") keepBodiesRaw();

export function ours(request: ParsedRequest, response: ServerResponse): Promise<void> {
  return write(receive, channelOfPath(request.url ?? "/"), request, response);
}

/** The framework has parsed the body already: parsing it again would not be lean. */
export function lean(request: ParsedRequest, response: ServerResponse): void {
  const body = request.rawBody ?? Buffer.alloc(0);
  const signed = leanVerify(BENCH_SECRET, String(request.headers["x-hub-signature-256"]), body);
  const known = (request.body as { object?: string } | undefined)?.object !== undefined;
  response.statusCode = signed && known ? 200 : 401;
  response.end("EVENT_RECEIVED");
}
