import type { IncomingMessage, ServerResponse } from "node:http";
import { leaveDomain } from "./domain.ts";
import type { Query } from "./handshake.ts";
import { type InboundResponse, PROBLEMS } from "./problem.ts";
import type { Receive } from "./receive.ts";

/** What the functions framework and Express add to Node's own request. */
export interface ParsedRequest extends IncomingMessage {
  /** The functions framework: the untouched bytes. */
  rawBody?: Buffer | undefined;
  /** `express.raw`: a Buffer. */
  body?: unknown;
  query?: unknown;
}

/** Answers one request of any Node server whose body has been read. @param channel The last part of the path. */
export function answer(
  receive: Receive,
  channel: string,
  request: ParsedRequest,
  response: ServerResponse,
): Promise<void> {
  leaveDomain();
  return receive({
    method: request.method ?? "",
    channel,
    query: () => queryOf(request),
    header: (name) => headerOf(request, name),
    rawBody: request.rawBody ?? (Buffer.isBuffer(request.body) ? request.body : undefined),
  }).then((result) => writeSoon(response, result));
}

let answered: [response: ServerResponse, result: InboundResponse][] = [];

/**
 * Writes an answer at the end of this turn of the event loop, together with the others of the turn. Written one by one
 * between the requests, each wakes up the other side by itself; under load that was half of what a delivery cost.
 */
function writeSoon(response: ServerResponse, result: InboundResponse): void {
  answered.push([response, result]);
  if (answered.length === 1) setImmediate(writeAnswers);
}

function writeAnswers(): void {
  const turn = answered;
  answered = [];
  for (const [response, result] of turn) write(response, result);
}

/** The channel that a path ends in: `/{channel}` or `/api/omni/webhook/{channel}`. Empty for any other path. */
export function channelOfPath(url: string): string {
  const end = url.indexOf("?");
  const path = end < 0 ? url : url.slice(0, end);
  const tail = path.startsWith(WEBHOOK_PATH) ? path.slice(WEBHOOK_PATH.length) : path.slice(1);
  const channel = tail.endsWith("/") ? tail.slice(0, -1) : tail;
  return channel.includes("/") ? "" : channel;
}

const WEBHOOK_PATH = "/api/omni/webhook/";

/** The handlers for Express on Cloud Run, behind `express.raw`. */
export function expressHandlers(receive: Receive) {
  const handler = (channel: string) => (request: ParsedRequest, response: ServerResponse) =>
    answer(receive, channel, request, response);
  return { handshake: handler, receive: handler };
}

export function write(response: ServerResponse, { status, headers, body }: InboundResponse): void {
  response.statusCode = status;
  for (const name of Object.keys(headers)) response.setHeader(name, headers[name] ?? "");
  // The length is added by the server, as for every answer that ends with its first bytes.
  response.end(body);
}

/** For a path that nothing serves. */
export function refusePath(response: ServerResponse): void {
  write(response, PROBLEMS.channel);
}

function queryOf(request: ParsedRequest): Query {
  if (typeof request.query === "object" && request.query !== null) return request.query as Query;
  const start = request.url?.indexOf("?") ?? -1;
  if (start < 0) return {};
  const query: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(request.url?.slice(start + 1))) {
    // A repeated key is not what Meta sends; the handshake takes strings only.
    query[name] = name in query ? [query[name], value] : value;
  }
  return query;
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : value?.[0];
}
