import { timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { asError, LocalError } from "../../errors.ts";
import type { StackOutputs } from "../../outputs.ts";
import { HOST } from "../../ports.ts";
import type { WireKnown, WireResource } from "../../provider.ts";
import type { SharedWithMeta } from "../../stack.ts";
import type { StandingCloud } from "../../standing-cloud.ts";
import type { CloudStatus } from "./client.ts";
import type { Journal } from "./journal.ts";

export interface ControlOptions {
  readonly standing: StandingCloud;
  readonly journal: Journal;
  readonly token: string;
  /** Runs when somebody asked for the end and has been answered. */
  readonly onStopped: () => void;
}

/**
 * The local cloud's own port, for the provider plugin and for the commands: each call is a POST with the token that only
 * this user can read, and answers `{result}`, or a `LocalError`'s parts.
 */
export async function serveControl({ standing, journal, token, onStopped }: ControlOptions): Promise<{ port: number }> {
  const { provider, cloud } = standing;

  const actions: Readonly<Record<string, (body: unknown) => Promise<unknown>>> = {
    create: (body) => provider.create(body as WireResource),
    read: (body) => provider.read(body as WireKnown),
    delete: (body) => provider.delete(body as WireKnown),
    ready: () => standing.ready(),
    status: async (): Promise<CloudStatus> => ({ processes: cloud.supervisor.list(), notes: cloud.notes.list() }),
    connect: (body) => {
      const { deployed, shared } = body as { deployed: StackOutputs; shared: SharedWithMeta };
      return standing.connect(deployed, shared);
    },
    stop: () => standing.stop(),
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.destroy(asError(error)));
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!holds(request, token))
      return send(response, 403, refusalOf(new LocalError("forbidden", "The token is wrong.", "")));
    const name = (request.url ?? "/").slice(1);
    if (name.startsWith("events/")) return stream(response, journal, name === "events/all");
    const action = actions[name];
    if (!action) return send(response, 404, refusalOf(new LocalError("action_unknown", `There is no ${name}.`, "")));
    const body = await text(request);
    try {
      send(response, 200, { result: await action(body === "" ? {} : JSON.parse(body)) });
    } catch (error) {
      send(response, 422, refusalOf(error));
    }
    if (name === "stop") response.once("close", onStopped);
  }

  server.listen({ host: HOST, port: 0 });
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port };
}

function stream(response: ServerResponse, journal: Journal, replay: boolean): void {
  response.writeHead(200, { "content-type": "application/x-ndjson" });
  // Without a first byte the caller would not know that it is connected.
  response.flushHeaders();
  const leave = journal.follow((event) => void response.write(`${JSON.stringify(event)}\n`), replay);
  response.once("close", leave);
}

function holds(request: IncomingMessage, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? "");
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function refusalOf(thrown: unknown): { code: string; seen: string; advice: string } {
  const error = asError(thrown);
  if (!(error instanceof LocalError)) return { code: "unexpected", seen: error.stack ?? error.message, advice: "" };
  return { code: error.code, seen: error.seen, advice: error.advice };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json", connection: "close" }).end(JSON.stringify(body));
}
