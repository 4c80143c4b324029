import { once } from "node:events";
import { appendFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { asError, LocalError } from "./errors.ts";
import type { GoogleIdentity } from "./google-identity.ts";
import { HOST } from "./ports.ts";
import type { PushSeen } from "./services/monitoring/index.ts";
import type { ObjectStore } from "./services/object-store.ts";
import type { PubSubEmulator } from "./services/pubsub-emulator.ts";
import { createPushRelay, type PushRoutes } from "./services/push-relay.ts";
import type { JobRunner } from "./services/scheduler-runner.ts";
import { createStorageApi, readStorageCall } from "./services/storage-api.ts";
import type { Supervisor } from "./supervisor.ts";

/**
 * What has no emulator of its own, on one port: the push relay, Google's certificates, objects in Cloud Storage, "run
 * now" for scheduled jobs, and the state of all processes.
 */
export interface PlatformOptions {
  readonly port: number;
  readonly identity: GoogleIdentity;
  readonly push: PushRoutes;
  readonly objects: ObjectStore;
  readonly jobs: JobRunner;
  readonly supervisor: Supervisor;
  /** Opens `/gemini` as the way to the real Gemini. */
  readonly gemini?: (path: string, request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Where dead letters go. */
  readonly publish: PubSubEmulator["publish"];
  /** Told of every push. @default nobody is */
  readonly onPush?: (push: PushSeen) => void;
  /** What the push relay could not deliver goes here. */
  readonly logFile: string;
}

export interface Platform {
  close(): Promise<void>;
}

/** A verifier may keep the certificates this long, as with Google. Seconds. */
const CERTIFICATES_MAX_AGE_S = 3_600;

export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { relay } = createPushRelay({
    routes: options.push,
    identity: options.identity,
    publish: options.publish,
    ...(options.onPush && { onPush: options.onPush }),
  });
  const { gemini } = options;
  const storage = createStorageApi(options.objects, `http://${HOST}:${options.port}`);
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      const { message } = asError(error);
      if (response.headersSent) response.destroy();
      else send(response, error instanceof LocalError ? 404 : 500, { error: message });
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", `http://${HOST}`);
    const [first = "", ...rest] = url.pathname.slice(1).split("/").map(decodeURIComponent);
    const route = `${request.method} /${first}`;
    const stored = readStorageCall(url);
    if (route === "POST /push") await push(rest.join("/"), request, response);
    else if (first === "gemini" && gemini)
      await gemini(`${url.pathname.slice("/gemini/".length)}${url.search}`, request, response);
    else if (route === "GET /oauth2") certificates(response);
    else if (stored) await storage.handle(request, response, stored);
    else if (route === "POST /scheduler") send(response, 200, await options.jobs.run(rest[1] ?? ""));
    else if (route === "GET /")
      send(response, 200, { processes: options.supervisor.list(), jobs: options.jobs.list() });
    else send(response, 404, { error: `There is no ${request.method} ${url.pathname} here.` });
  }

  async function push(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await relay(name, await textOf(request));
    if (answer.status >= 300) {
      await appendFile(options.logFile, `${new Date().toISOString()} push ${name}: ${answer.outcome}\n`);
    }
    response.writeHead(answer.status).end();
  }

  function certificates(response: ServerResponse): void {
    response.setHeader("cache-control", `public, max-age=${CERTIFICATES_MAX_AGE_S}`);
    send(response, 200, options.identity.certificates);
  }

  server.listen({ host: HOST, port: options.port });
  await once(server, "listening");
  return {
    async close() {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, "close");
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(`${JSON.stringify(body)}\n`);
}
