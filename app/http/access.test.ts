import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startFirestore, type TestFirestore } from "../conversations/testing/firestore.ts";
import { createApp } from "./app.ts";
import type { Access } from "./caller.ts";
import { AUTOMATION_SECRET, type OpenedSession, openSession, testApp } from "./testing/app.ts";
import { startGoogle, type TestGoogle } from "./testing/google.ts";
import { listen, type TestServer } from "./testing/server.ts";

let store: TestFirestore;
let google: TestGoogle;
let server: TestServer;
let app: ReturnType<typeof testApp>;
let visitor: OpenedSession;

beforeAll(async () => {
  [store, google] = await Promise.all([startFirestore(), startGoogle()]);
  app = testApp(store.db, google.certsUrl);
  // Some 500 requests at once from one place: who may pass is the question here, not how often.
  server = await listen(createApp({ ...app.deps, requestsPerSecond: 10_000 }));
  visitor = await openSession(server.url);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await google[Symbol.asyncDispose]();
  await store.stop();
});

/** Every route, and who may use it: a new one that is not in this table makes the test below fail. */
const ROUTES: Readonly<Record<string, Access>> = {
  "get /api/omni/conversations": "signed_in",
  "get /api/omni/messages": "signed_in",
  "get /api/omni/search": "staff",
  "post /api/omni/conversations/:id/assign": "staff",
  "post /api/omni/conversations/:id/mode": "staff",
  "post /api/omni/conversations/:id/close": "staff",
  "post /api/omni/conversations/:id/reopen": "staff",
  "post /api/omni/conversations/:id/read": "staff",
  "get /api/omni/attachments/:messageId/:index": "signed_in",
  "get /api/omni/files/:token": "open",
  "post /api/omni/conversations/:id/snooze": "staff",
  "post /api/omni/attachments": "staff",
  "post /api/omni/messages": "staff",
  "post /api/omni/agents/me": "staff",
  "post /api/omni/agents/me/sign-out": "staff",
  "post /api/omni/conversations/:id/notes": "staff",
  "post /api/omni/conversations/:id/presence": "staff",
  "post /api/omni/conversations/:id/schedule": "staff",
  "post /api/omni/scheduled/:id/cancel": "staff",
  "get /api/omni/conversations/:id/facts": "staff",
  "get /api/omni/admin/staff": "admin",
  "post /api/omni/admin/staff": "admin",
  "post /api/omni/admin/canned-responses": "admin",
  "post /api/omni/admin/canned-responses/:id/delete": "admin",
  "get /api/omni/admin/settings": "admin",
  "get /api/omni/admin/people/:id": "admin",
  "get /api/omni/admin/people/:id/export": "admin",
  "post /api/omni/admin/people/:id/erase": "admin",
  "post /api/omni/web/session": "open",
  "post /api/omni/web/send": "visitor",
  "post /api/omni/web/attachments": "visitor",
  "get /api/omni/web/messages": "visitor",
  "post /api/omni/web/read": "visitor",
  "get /api/omni/web/stream": "visitor",
  "post /tasks/replies": "queue",
  "post /tasks/inbound": "queue",
  "post /api/omni/sweep/run": "scheduler",
};

const CALLERS = {
  anonymous: async () => undefined,
  garbage: async () => "not-a-token",
  customer: async () => "customer",
  agent: async () => "agent",
  admin: async () => "admin",
  service: () => google.token(),
  "service, other audience": () => google.token({ audience: "https://other.example.com" }),
  "service, other account": () => google.token({ email: "someone@demo-servio.iam.gserviceaccount.com" }),
  "service, unverified": () => google.token({ emailVerified: false }),
  "service, expired": () => google.token({ expiresIn: -4000 }),
  "service, other issuer": () => google.token({ issuer: "https://issuer.example.com" }),
  "service, forged": () => google.token({ forged: true }),
  secret: async () => AUTOMATION_SECRET,
  visitor: async () => visitor.token,
} as const;
type CallerName = keyof typeof CALLERS;

/** Who gets past the door; a customer at a staff door gets 403, everybody else 401. */
const ADMITTED: Readonly<Record<Access, readonly CallerName[]>> = {
  open: Object.keys(CALLERS) as CallerName[],
  signed_in: ["customer", "agent", "admin"],
  staff: ["agent", "admin"],
  admin: ["admin"],
  visitor: ["visitor"],
  queue: ["service"],
  scheduler: ["service", "secret"],
};

test("the table names every route", () => {
  const served = Object.fromEntries(app.deps.routes.map((route) => [`${route.method} ${route.path}`, route.access]));
  expect(served).toEqual(ROUTES);
});

describe.each(Object.entries(ROUTES))("%s", (name, access) => {
  test.each(Object.keys(CALLERS) as CallerName[])("%s", async (caller) => {
    const [method = "", path = ""] = name.split(" ");
    const token = await CALLERS[caller]();
    const response = await fetch(server.url + path.replace(":id", "whatsapp_0"), {
      method: method.toUpperCase(),
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
    if (response.headers.get("content-type")?.startsWith("text/event-stream")) {
      expect(ADMITTED[access]).toContain(caller);
      await response.body?.cancel();
      return;
    }
    const body = await response.text();
    if (ADMITTED[access].includes(caller)) {
      expect([401, 403]).not.toContain(response.status);
      return;
    }
    const known = caller === "customer" || (access === "admin" && caller === "agent");
    const expected = (access === "staff" || access === "admin") && known ? 403 : 401;
    expect([response.status, response.headers.get("content-type")]).toEqual([
      expected,
      "application/problem+json; charset=utf-8",
    ]);
    expect(JSON.parse(body).code).toMatch(
      /^(token_missing|invalid_id_token|invalid_service_token|invalid_session|staff_only|admin_only)$/,
    );
  });
});
