import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startFirestore, type TestFirestore } from "../conversations/testing/firestore.ts";
import type { HealthDeps } from "../health/index.ts";
import { createApp } from "./app.ts";
import { healthRoutes } from "./routes/health.ts";
import { testApp } from "./testing/app.ts";
import { startGoogle, type TestGoogle } from "./testing/google.ts";
import { listen, type TestServer } from "./testing/server.ts";

const NOON = Date.UTC(2026, 10, 23, 12);

let store: TestFirestore;
let google: TestGoogle;
let server: TestServer;
let clockMs: number;

beforeAll(async () => {
  [store, google] = await Promise.all([startFirestore(), startGoogle()]);
});
afterAll(async () => {
  await google[Symbol.asyncDispose]();
  await store.stop();
});
beforeEach(async () => {
  clockMs = 0;
  const db = store.fresh();
  const now = () => NOON;
  const deps: HealthDeps = {
    db,
    now,
    log: pino({ level: "silent" }),
    accounts: [{ channel: "facebook", account: "page", token: "expired" }],
    graph: {
      get: async () => ({ ok: false, code: 190, advice: "O token expirou." }),
      post: async () => ({ ok: true, body: {} }),
    },
    gemini: { baseUrl: "http://127.0.0.1:1", apiKey: "example", model: "model-of-an-example" },
    gauge: { write: async () => undefined },
    adminEmails: [],
  };
  const counting = { db, now, timeZone: "America/Sao_Paulo" };
  const app = testApp(db, google.certsUrl);
  const routes = [...app.deps.routes, ...healthRoutes(deps, counting, () => clockMs)];
  server = await listen(createApp({ ...app.deps, routes }));
});
afterEach(() => server[Symbol.asyncDispose]());

async function call(method: string, path: string, token: string) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const response = await fetch(`${server.url}/api/omni/channels${path}`, {
    method,
    headers,
    ...(method === "POST" && { body: "{}" }),
  });
  return { status: response.status, retryAfter: response.headers.get("retry-after"), body: await response.json() };
}

test("people have the channels probed, and read what came of it", async () => {
  expect((await call("GET", "", "agent")).body).toEqual({ channels: [] });
  const probed = await call("POST", "/probe", "agent");
  expect(probed.status).toBe(200);
  expect(probed.body.channels).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ channel: "webchat", status: "online" }),
      expect.objectContaining({
        channel: "facebook",
        status: "degraded",
        failures: 1,
        reason: expect.objectContaining({ advice: expect.stringContaining("token") }),
      }),
    ]),
  );
  expect((await call("GET", "", "agent")).body).toEqual(probed.body);
});

test("but not more than twice a minute", async () => {
  expect((await call("POST", "/probe", "agent")).status).toBe(200);
  clockMs = 10_000;
  const soon = await call("POST", "/probe", "admin");
  expect(soon).toMatchObject({
    status: 429,
    retryAfter: expect.stringMatching(/^2[01]$/),
    body: { code: "rate_limited" },
  });
  clockMs = 30_000;
  expect((await call("POST", "/probe", "admin")).status).toBe(200);
});

test("customers may not", async () => {
  const refused = await call("POST", "/probe", "customer");
  expect(refused.status).toBe(403);
});
