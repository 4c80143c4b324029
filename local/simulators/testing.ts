import { createHmac } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Simulators, startSimulators } from "./server.ts";
import type { Bubble, Sent } from "./world.ts";

/** A stand-in for the deployed app, and the simulators connected to it. For the tests of this folder. */

export const APP_SECRET = "app-secret-of-the-tests";
export const VERIFY_TOKEN = "verify-token-of-the-tests";
export const ACCOUNTS = { whatsapp: "106540000000001", facebook: "107000000000001", instagram: "178410000000001" };

/** One webhook as it came over the wire. */
export interface Delivered {
  readonly path: string;
  readonly raw: string;
  readonly signature: string | undefined;
  readonly isSigned: boolean;
  readonly body: unknown;
}

export interface FakeApp {
  readonly url: string;
  readonly delivered: Delivered[];
  /** Statuses of the next answers; then 200. */
  readonly answers: number[];
  /** Waits for the n-th webhook (1 is the first). */
  webhook(n: number): Promise<Delivered>;
  close(): Promise<void>;
}

export async function startFakeApp(handshake: (challenge: string) => [number, string] = (c) => [200, c]) {
  const delivered: Delivered[] = [];
  const answers: number[] = [];
  const arrivals = new EventEmitter();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://fake");
    if (request.method === "GET") {
      const [status, text] = handshake(url.searchParams.get("hub.challenge") ?? "");
      response.writeHead(status).end(text);
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const signature = request.headers["x-hub-signature-256"]?.toString();
    const expected = `sha256=${createHmac("sha256", APP_SECRET).update(bytes).digest("hex")}`;
    const raw = bytes.toString("latin1");
    delivered.push({ path: url.pathname, raw, signature, isSigned: signature === expected, body: tryParse(raw) });
    response.writeHead(answers.shift() ?? 200).end();
    arrivals.emit("webhook");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const app: FakeApp = {
    url: `http://127.0.0.1:${port}`,
    delivered,
    answers,
    async webhook(n) {
      while (delivered.length < n) await once(arrivals, "webhook", { signal: AbortSignal.timeout(4_000) });
      return delivered[n - 1] ?? Promise.reject(new Error("unreachable"));
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return app;
}

export interface Stage extends AsyncDisposable {
  readonly app: FakeApp;
  readonly simulators: Simulators;
  /** Moves the simulators' clock, in milliseconds. */
  advance(ms: number): void;
  now(): number;
  control<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: T }>;
  graph(path: string, body: unknown, headers?: Record<string, string>): Promise<{ status: number; body: GraphAnswer }>;
  sent(query?: string): Promise<Sent[]>;
}

export interface GraphAnswer {
  readonly messages?: readonly { readonly id: string }[];
  readonly message_id?: string;
  readonly success?: boolean;
  readonly error?: {
    readonly code: number;
    readonly error_subcode?: number;
    readonly message: string;
    readonly fbtrace_id: string;
    readonly error_data?: { readonly details: string };
  };
}

/** Simulators on a free port, connected to a fake app that answers 200, with a clock of their own. */
export async function stage(options: { connect?: boolean; retryDelaysMs?: readonly number[] } = {}): Promise<Stage> {
  let offset = 0;
  const now = () => Date.now() + offset;
  const app = await startFakeApp();
  const retryDelaysMs = options.retryDelaysMs ?? [0, 1, 2];
  const simulators = await startSimulators({ port: 0, host: "127.0.0.1", now, retryDelaysMs });
  if (options.connect !== false) await simulators.connect(connectionTo(app));
  const ask = async (url: string, method: string, body: unknown, headers: Record<string, string>) => {
    const response = await fetch(url, {
      method,
      headers: { "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: tryParse(await response.text()) };
  };
  return {
    app,
    simulators,
    now,
    advance: (ms) => {
      offset += ms;
    },
    control: async <T>(method: string, path: string, body?: unknown) => {
      const answer = await ask(`${simulators.url}/control/${path}`, method, body, {});
      return { status: answer.status, body: answer.body as T };
    },
    graph: async (path, body, headers = { authorization: "Bearer a-token" }) => {
      const answer = await ask(`${simulators.graphBaseUrl}/${path}`, "POST", body, headers);
      return { status: answer.status, body: answer.body as GraphAnswer };
    },
    sent: async (query = "") => {
      const answer = await ask(`${simulators.url}/control/sent${query}`, "GET", undefined, {});
      return (answer.body as { sent: Sent[] }).sent;
    },
    async [Symbol.asyncDispose]() {
      await simulators.close();
      await app.close();
    },
  };
}

export function connectionTo(app: FakeApp) {
  const webhookUrls = {
    whatsapp: `${app.url}/whatsapp`,
    instagram: `${app.url}/instagram`,
    facebook: `${app.url}/facebook`,
  };
  return { appSecret: APP_SECRET, verifyToken: VERIFY_TOKEN, webhookUrls, accounts: ACCOUNTS };
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // a test may look at what is not JSON
  }
}

export type { Bubble };
