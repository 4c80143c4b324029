import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { json, type Request, type RequestHandler, type Response, type Router } from "express";
import type * as z from "zod";
import { type Access, admit, type Caller, type Doorkeepers } from "./caller.ts";
import { HttpProblem, invalidInput } from "./problem.ts";
import type { LogLocals } from "./request-log.ts";

/** What a handler gets: everything checked. */
export interface Call<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly caller: Caller;
  /** The caller's address, as the outermost proxy of ours saw it. */
  readonly ip: string;
  /** A header, by name, whatever its case. */
  readonly header: (name: string) => string | undefined;
  /** The body as it comes, of a route without a schema for one. */
  readonly incoming: AsyncIterable<Uint8Array>;
}

/** What a handler gives: a status, and JSON unless there is nothing to say. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  /** A whole page instead, for people who come from a link. */
  readonly html?: string;
  /** Bytes instead, as they come; the headers say which. */
  readonly stream?: Readable;
  readonly headers?: Readonly<Record<string, string>>;
  /** Writes the whole response itself, for as long as it lasts. */
  readonly live?: (response: Response) => void;
}

export interface Answer {
  readonly description: string;
  readonly schema?: z.ZodType;
}

/** One line of the API: who may call it, what it takes, what it answers. The handlers and `/openapi.json` share it. */
export interface Route {
  readonly method: "get" | "post";
  /** As Express writes it: `/api/omni/conversations/:id/close` */
  readonly path: string;
  readonly access: Access;
  readonly summary: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Largest body. @default "64kb" */
  readonly limit?: string;
  readonly answers: Readonly<Record<number, Answer>>;
  readonly handle: (call: Call<unknown, unknown, unknown>) => Promise<Reply>;
}

type Output<T> = T extends z.ZodType ? z.output<T> : undefined;

interface TypedRoute<P, Q, B> extends Omit<Route, "params" | "query" | "body" | "handle"> {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly handle: (call: Call<Output<P>, Output<Q>, Output<B>>) => Promise<Reply>;
}

/** Writes a route with its handler typed by its schemas. */
export function defineRoute<
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(route: TypedRoute<P, Q, B>): Route {
  // The schemas have produced exactly these types by the time `serve` calls the handler.
  return route as unknown as Route;
}

/** Puts a route on the router: name it for the log, admit the caller, only then read the body. */
export function serve(router: Router, route: Route, keepers: Doorkeepers): void {
  const steps: RequestHandler[] = [
    (_request, response, next) => {
      (response.locals as LogLocals).route = route.path;
      next();
    },
    async (request, response, next) => {
      response.locals.caller = await admit(route.access, request, keepers);
      next();
    },
  ];
  if (route.body) steps.push(jsonOnly, json({ limit: route.limit ?? "64kb" }));
  router[route.method](route.path, ...steps, async (request, response) => {
    try {
      await answer(response, await route.handle(readCall(route, request, response)));
    } finally {
      // A body that nobody read to its end would otherwise keep the answer from being read.
      request.resume();
    }
  });
}

const jsonOnly: RequestHandler = (request, _response, next) => {
  if (request.is("json") === "json" || !hasBody(request)) {
    next();
    return;
  }
  throw new HttpProblem({
    status: 415,
    code: "unsupported_media_type",
    title: "Unsupported media type",
    detail: "Send the body as application/json.",
  });
};

function hasBody(request: Request): boolean {
  return request.get("transfer-encoding") !== undefined || Number(request.get("content-length") ?? 0) > 0;
}

function readCall(route: Route, request: Request, response: Response): Call<unknown, unknown, unknown> {
  return {
    params: parse("path", route.params, request.params),
    query: parse("query", route.query, request.query),
    body: parse("body", route.body, request.body ?? {}),
    caller: response.locals.caller as Caller,
    ip: request.ip ?? "",
    header: (name) => request.get(name),
    // Whoever stops reading half-way still has an answer to give on this connection.
    get incoming() {
      return request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
    },
  };
}

function parse(where: "path" | "query" | "body", schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalidInput(where, parsed.error);
}

async function answer(response: Response, reply: Reply): Promise<void> {
  if (reply.live) {
    reply.live(response);
    return;
  }
  response
    .status(reply.status)
    .set("cache-control", "no-store")
    .set(reply.headers ?? {});
  if (reply.stream !== undefined) await send(response, reply.stream);
  else if (reply.html !== undefined) response.type("html").send(reply.html);
  else if (reply.body === undefined) response.end();
  else response.json(reply.body);
}

/** A reader who leaves half-way is no failure: players do that all the time. */
async function send(response: Response, stream: Readable): Promise<void> {
  try {
    await pipeline(stream, response);
  } catch (error) {
    const left = error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE";
    if (!left) throw error;
  }
}
