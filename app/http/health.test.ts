import type { Firestore } from "firebase-admin/firestore";
import pino from "pino";
import { beforeEach, expect, test } from "vitest";
import type { HealthDeps } from "../health/index.ts";
import { healthRoutes } from "./routes/health.ts";
import { httpStage } from "./testing/stage.ts";

const NOON = Date.UTC(2026, 10, 23, 12);

const http = httpStage();
let clockMs: number;

beforeEach(async () => {
  clockMs = 0;
  await http.open(({ deps, world: { db } }) => ({
    routes: [
      ...deps.routes,
      ...healthRoutes(healthDeps(db), { db, now, timeZone: "America/Sao_Paulo" }, () => clockMs),
    ],
  }));
});

const now = () => NOON;

/** A Page whose token has run out. */
function healthDeps(db: Firestore): HealthDeps {
  return {
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
}

async function call(method: string, path: string, token: string) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const response = await fetch(`${http.url}/api/omni/channels${path}`, {
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
