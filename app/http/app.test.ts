import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from "node:zlib";
import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { currentTrace } from "../telemetry/log.ts";
import { type AppDeps, createApp } from "./app.ts";
import { HttpProblem } from "./problem.ts";
import { defineRoute } from "./route.ts";
import { listen, type TestServer } from "./testing/server.ts";

const SCRIPT = "console.log('inbox')".repeat(20);
const TRACE = "0af7651916cd43dd8448eb211c80319c";

let publicDir: string;
let server: TestServer;
let lines: Record<string, unknown>[];
let clock: number;

beforeAll(() => {
  publicDir = mkdtempSync(join(tmpdir(), "inbox-"));
  mkdirSync(join(publicDir, "assets"));
  mkdirSync(join(publicDir, ".vite"));
  writeFileSync(join(publicDir, "index.html"), "<!doctype html><title>Inbox</title>");
  writeFileSync(join(publicDir, ".vite", "manifest.json"), "{}");
  writeFileSync(join(publicDir, "assets", "index-Ab12Cd34.js"), SCRIPT);
});
afterAll(() => rmSync(publicDir, { recursive: true }));

const echo = defineRoute({
  method: "post",
  path: "/api/omni/echo/:id",
  access: "open",
  summary: "Says what it got",
  params: z.object({ id: z.string() }),
  body: z.strictObject({ text: z.string() }),
  answers: { 200: { description: "The same", schema: z.object({ text: z.string() }) } },
  handle: async ({ params, body }) => ({ status: 200, body: { ...body, id: params.id, trace: currentTrace() } }),
});
const failing = defineRoute({
  method: "get",
  path: "/api/omni/failing",
  access: "open",
  summary: "Fails",
  answers: {},
  handle: async () => {
    throw new Error("secret detail");
  },
});

function deps(overrides: Partial<AppDeps> = {}): AppDeps {
  return {
    log: pino({ messageKey: "message" }, { write: (line) => lines.push(JSON.parse(line)) }),
    config: { projectId: "demo-servio", apiKey: "key", authDomain: "demo.example.com", environment: "test" },
    keepers: {
      automationSecrets: [],
      visitors: async () => undefined,
      oidc: async () => undefined,
      idTokens: async () => {
        throw new HttpProblem({ status: 401, code: "invalid_id_token", title: "Unauthorized", detail: "No." });
      },
    },
    webchat: { allowedOrigins: ["https://www.example.com"], trustedProxies: 1 },
    webhooks: {
      handshake: (channel) => (_request, response) => void response.type("text").send(`handshake ${channel}`),
      receive: (channel) => (request, response) => {
        const body: unknown = request.body;
        response.json({ channel, raw: Buffer.isBuffer(body) ? body.toString("latin1") : typeof body });
      },
    },
    routes: [echo, failing],
    publicDir,
    monotonic: () => clock,
    ...overrides,
  };
}

beforeEach(async () => {
  lines = [];
  clock = 0;
  server = await listen(createApp(deps()));
});
afterEach(() => server[Symbol.asyncDispose]());

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(server.url + path, { method: "POST", body, headers: { "content-type": "application/json", ...headers } });
const problem = async (response: Response) => {
  expect(response.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  const body = await response.json();
  expect(body).toMatchObject({ type: "about:blank", status: response.status });
  return [response.status, body.code];
};

describe("errors", () => {
  test.each([
    ["GET", "/api/omni/nothing", 404, "not_found"],
    ["DELETE", "/healthz", 404, "not_found"],
    ["GET", "/tasks/unknown", 404, "not_found"],
    ["GET", "/api/omni/%E0%A4%A", 404, "not_found"],
    ["GET", "/api/omni/failing", 500, "internal_error"],
  ])("%s %s: %i %s", async (method, path, status, code) => {
    expect(await problem(await fetch(server.url + path, { method }))).toEqual([status, code]);
  });

  test("a body that is not JSON, of another type, too large, compressed, not as described, or behind a bad path", async () => {
    const path = "/api/omni/echo/1";
    expect(await problem(await post(path, "{"))).toEqual([400, "malformed_json"]);
    expect(await problem(await post(path, "text", { "content-type": "text/plain" }))).toEqual([
      415,
      "unsupported_media_type",
    ]);
    expect(await problem(await post(path, `{"text":"${"a".repeat(70_000)}"}`))).toEqual([413, "payload_too_large"]);
    expect(await problem(await post(path, "{}"))).toEqual([400, "invalid_request"]);
    expect(await problem(await fetch(server.url + path, { method: "POST" }))).toEqual([400, "invalid_request"]);
    expect(await problem(await post("/api/omni/echo/%E0%A4%A", "{}"))).toEqual([400, "malformed_path"]);
  });

  test("what went wrong inside is logged, never told", async () => {
    const body = await (await fetch(`${server.url}/api/omni/failing`)).text();
    expect(body).not.toContain("secret detail");
    expect(JSON.stringify(lines)).toContain("secret detail");
  });
});

describe("traces and request lines", () => {
  test("the caller's trace is kept through the reading of the body, and told with problems", async () => {
    const traceparent = { traceparent: `00-${TRACE}-b7ad6b7169203331-01` };
    const answer = await post("/api/omni/echo/7", '{"text":"olá"}', traceparent);
    expect(await answer.json()).toEqual({ text: "olá", id: "7", trace: TRACE });
    expect(await (await post("/api/omni/echo/7", "{", traceparent)).json()).toMatchObject({ trace: TRACE });
  });

  test("one line per request, by route, without the query", async () => {
    await (await post("/api/omni/echo/55119", '{"text":"a"}')).text();
    await (await fetch(`${server.url}/api/omni/webhook/whatsapp?hub.verify_token=geheim`)).text();
    await (await fetch(`${server.url}/api/omni/failing`)).text();
    const summary = lines.filter(({ httpRequest }) => httpRequest !== undefined);
    expect(
      summary.map(({ message, route, status, channel, level }) => ({ message, route, status, channel, level })),
    ).toEqual([
      { message: "POST /api/omni/echo/:id 200", route: "/api/omni/echo/:id", status: 200, level: 30 },
      {
        message: "GET /api/omni/webhook/whatsapp 200",
        route: "/api/omni/webhook/whatsapp",
        status: 200,
        channel: "whatsapp",
        level: 30,
      },
      { message: "GET /api/omni/failing 500", route: "/api/omni/failing", status: 500, level: 50 },
    ]);
    expect(JSON.stringify(lines)).not.toContain("geheim");
    expect(summary[0]?.httpRequest).toMatchObject({ requestUrl: "/api/omni/echo/55119", latency: "0.0000s" });
  });
});

describe("webhooks", () => {
  test("the handler gets the untouched bytes, whatever their type says", async () => {
    const body = '{"text":"caf\\u00e9"}\xff';
    const answer = await post("/api/omni/webhook/instagram", body, { "content-type": "text/anything" });
    expect(await answer.json()).toEqual({
      channel: "instagram",
      raw: Buffer.from(body, "utf8").toString("latin1"),
    });
  });

  test("more than 4 MB is refused, and so is a compressed body", async () => {
    const large = await post("/api/omni/webhook/whatsapp", "a".repeat(4 * 1024 * 1024 + 1));
    expect(await problem(large)).toEqual([413, "payload_too_large"]);
    const packed = await post("/api/omni/webhook/whatsapp", "x", { "content-encoding": "gzip" });
    expect(await problem(packed)).toEqual([415, "unreadable_body"]);
  });

  test("there is no webhook of the web chat", async () => {
    expect(await problem(await post("/api/omni/webhook/webchat", "{}"))).toEqual([404, "not_found"]);
  });
});

describe("rate limit", () => {
  beforeEach(async () => {
    await server[Symbol.asyncDispose]();
    server = await listen(createApp(deps({ requestsPerSecond: 2 })));
  });
  const status = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(server.url + path, { headers });
    await response.text();
    return response.status;
  };

  test("100 requests a second are the default", async () => {
    await server[Symbol.asyncDispose]();
    server = await listen(createApp(deps()));
    const statuses = await Promise.all(Array.from({ length: 101 }, () => status("/config.json")));
    expect(statuses.filter((one) => one === 429)).toHaveLength(1);
  });

  test("over the limit: 429 with Retry-After, until time has passed", async () => {
    expect([await status("/config.json"), await status("/config.json")]).toEqual([200, 200]);
    const refused = await fetch(`${server.url}/config.json`);
    expect([refused.headers.get("retry-after"), await problem(refused)]).toEqual(["1", [429, "rate_limited"]]);
    clock = 500;
    expect([await status("/config.json"), await status("/config.json")]).toEqual([200, 429]);
  });

  test("signed webhooks, tasks and probes always pass; unsigned webhooks do not", async () => {
    for (let n = 0; n < 3; n += 1) await status("/config.json");
    const webhook = "/api/omni/webhook/whatsapp";
    expect(await status(webhook, { "x-hub-signature-256": "sha256=00" })).toBe(200);
    expect(await status(webhook)).toBe(429);
    expect(await status("/healthz")).toBe(200);
    expect(await status("/tasks/replies")).toBe(404);
  });
});

describe("the inbox", () => {
  test("hashed assets for ever, pages checked each time, unknown pages from index.html", async () => {
    const asset = await fetch(`${server.url}/assets/index-Ab12Cd34.js`, { headers: { "accept-encoding": "identity" } });
    expect([asset.headers.get("cache-control"), asset.headers.get("content-type"), await asset.text()]).toEqual([
      "public, max-age=31536000, immutable",
      "text/javascript; charset=utf-8",
      SCRIPT,
    ]);
    for (const path of ["/", "/index.html", "/conversations/whatsapp_55"]) {
      const page = await fetch(server.url + path);
      expect([path, page.status, page.headers.get("cache-control")]).toEqual([path, 200, "no-cache"]);
      expect(await page.text()).toContain("<title>Inbox</title>");
    }
    expect(await problem(await fetch(`${server.url}/assets/gone-Ab12Cd34.js`))).toEqual([404, "not_found"]);
    expect(await problem(await fetch(`${server.url}/.vite/manifest.json`))).toEqual([404, "not_found"]);
  });

  test("a page that has not changed is not sent again", async () => {
    // fetch() would ask the server not to answer from any cache.
    const first = await rawBody(`${server.url}/`, {});
    const again = await rawBody(`${server.url}/`, { "if-none-match": String(first.headers.etag) });
    expect([first.status, again.status, again.body.length]).toEqual([200, 304, 0]);
  });

  test.each([
    ["gzip, br", "br", (bytes: Buffer) => brotliDecompressSync(bytes)],
    ["gzip", "gzip", (bytes: Buffer) => gunzipSync(bytes)],
    ["br;q=0, identity", undefined, (bytes: Buffer) => bytes],
  ])("to who takes %s it comes as %s", async (accepted, encoding, unpack) => {
    const answer = await rawBody(`${server.url}/assets/index-Ab12Cd34.js`, { "accept-encoding": accepted });
    expect(answer.headers["content-encoding"]).toBe(encoding);
    expect(answer.headers.vary).toMatch(/accept-encoding/i);
    expect(answer.headers["content-type"]).toBe("text/javascript; charset=utf-8");
    expect(unpack(answer.body).toString()).toBe(SCRIPT);
  });

  test("a twin that the build made is used", async () => {
    const twin = join(publicDir, "assets", "index-Ab12Cd34.js.br");
    writeFileSync(twin, brotliCompressSync("the build's own"));
    const answer = await rawBody(`${server.url}/assets/index-Ab12Cd34.js`, { "accept-encoding": "br" });
    expect(brotliDecompressSync(answer.body).toString()).toBe("the build's own");
    rmSync(twin);
  });

  test("paths do not lead out of the folder", async () => {
    const bytes = await rawBody(`${server.url}/assets/..%2f..%2f..%2fetc/passwd`, {});
    expect(bytes.body.toString()).not.toContain("root:");
  });

  test("without a build, the API is all there is", async () => {
    await server[Symbol.asyncDispose]();
    server = await listen(createApp(deps({ publicDir: join(publicDir, "nothing") })));
    expect(await problem(await fetch(`${server.url}/`))).toEqual([404, "not_found"]);
  });
});

/** Node's own client: `fetch` would undo the compression and tidy the path. */
function rawBody(url: string, headers: Record<string, string>) {
  return new Promise<{ status: number | undefined; headers: Record<string, unknown>; body: Buffer }>(
    (resolve, reject) => {
      const request = httpRequest(url, { headers }, async (response) => {
        const body = Buffer.concat(await response.toArray());
        resolve({ status: response.statusCode, headers: response.headers, body });
      });
      request.once("error", reject).end();
    },
  );
}

describe("what the app says of itself", () => {
  test("security headers, without an inline exception", async () => {
    const { headers } = await fetch(`${server.url}/`);
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).not.toContain("unsafe");
    expect(policy.split(";")).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'none'",
        "connect-src 'self' https://firestore.googleapis.com https://identitytoolkit.googleapis.com https://securetoken.googleapis.com",
      ]),
    );
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("a local stack may connect to its emulators, and the inbox is told where they are", async () => {
    await server[Symbol.asyncDispose]();
    const local = { firestoreEmulatorHost: "127.0.0.1:4403", authEmulatorHost: "127.0.0.1:4405" };
    server = await listen(createApp(deps({ config: { ...deps().config, ...local } })));
    const answer = await fetch(`${server.url}/config.json`);
    expect(await answer.json()).toEqual({ ...deps().config, ...local });
    expect(answer.headers.get("content-security-policy")).toContain("http://127.0.0.1:4403 http://127.0.0.1:4405;");
  });

  test("openapi.json describes every route by the schemas that check it", async () => {
    const description = await (await fetch(`${server.url}/openapi.json`)).json();
    expect(Object.keys(description.paths)).toEqual([
      "/api/omni/webhook/whatsapp",
      "/api/omni/webhook/instagram",
      "/api/omni/webhook/facebook",
      "/api/omni/echo/{id}",
      "/api/omni/failing",
      "/healthz",
      "/config.json",
      "/openapi.json",
    ]);
    expect(description.paths["/api/omni/echo/{id}"].post).toEqual({
      summary: "Says what it got",
      security: [],
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
      requestBody: {
        required: true,
        content: {
          "application/json": {
            schema: {
              type: "object",
              properties: { text: { type: "string" } },
              required: ["text"],
              additionalProperties: false,
            },
          },
        },
      },
      responses: {
        200: {
          description: "The same",
          content: {
            "application/json": {
              schema: {
                type: "object",
                properties: { text: { type: "string" } },
                required: ["text"],
                additionalProperties: false,
              },
            },
          },
        },
      },
    });
  });
});
