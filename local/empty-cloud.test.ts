import { readFileSync } from "node:fs";
import { OAuth2Client } from "google-auth-library";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { AUDIENCE, CALLER, packed, RULES, stack } from "./empty-cloud.sample.ts";
import { type EmptyCloud, startEmptyCloud } from "./empty-cloud.ts";
import { deploy } from "./engine/embedded.ts";
import { seedUsers } from "./seed.ts";
import { freePorts, temporaryFolder } from "./testing.ts";

/** The whole local cloud with a small stack on it: real emulators, real processes. Proves what the parts' tests cannot. */

interface Seen {
  readonly url: string;
  readonly authorization?: string;
  readonly body: string;
}

let running: EmptyCloud;
let service: string;
let functionUrl: string;

beforeAll(async () => {
  const [{ base }, archives] = await Promise.all([freePorts(), packed()]);
  running = await startEmptyCloud({ root: `${import.meta.dirname}/..`, basePort: base, home: temporaryFolder() });
  const { outputs } = await deploy({
    project: "sample",
    stack: "local",
    provider: running.provider,
    program: () => stack(archives),
  });
  service = outputs.service;
  functionUrl = outputs.functionUrl;
  // The emulator takes its time over five attempts; the other tests run meanwhile.
  await publish("bad", "poison");
}, 120_000);
afterAll(() => running?.stop());

async function publish(topic: string, text: string): Promise<void> {
  const response = await pubsub(`topics/${topic}:publish`, {
    messages: [{ data: Buffer.from(text).toString("base64") }],
  });
  expect(response.status).toBe(200);
}

function pubsub(path: string, body: unknown): Promise<Response> {
  return fetch(`http://${running.cloud.pubsub.host}/v1/projects/demo-servio/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function seen(url: string): Promise<Seen[]> {
  const all = (await (await fetch(`${service}/seen`)).json()) as Seen[];
  return all.filter((one) => one.url === url);
}

async function verified(authorization: string | undefined) {
  const { platform } = running.cloud.ports;
  const client = new OAuth2Client({
    endpoints: { oauth2FederatedSignonPemCertsUrl: `http://127.0.0.1:${platform}/oauth2/v1/certs` },
  });
  const ticket = await client.verifyIdToken({
    idToken: authorization?.replace("Bearer ", "") ?? "",
    audience: AUDIENCE,
  });
  return ticket.getPayload();
}

test("strangers may read what the released rules allow, and nothing else", async () => {
  const read = async (path: string) =>
    (
      await fetch(
        `http://${running.cloud.firestore.host}/v1/projects/demo-servio/databases/(default)/documents/${path}`,
      )
    ).status;
  expect([await read("open/a"), await read("closed/a")]).toEqual([404, 403]);
});

test("rules that do not compile are refused with the compiler's words, and the old ones stay", async () => {
  await expect(running.cloud.firestore.putRules("service cloud.firestore {")).rejects.toMatchObject({
    code: "rules_refused",
    message: expect.stringContaining("refused (400): Error compiling rules:\nL1:26 Unexpected '<EOF>'."),
  });
  expect(readFileSync(running.cloud.paths.rules, "utf8")).toBe(RULES);
});

test("a published message is pushed with an identity that google-auth-library accepts", async () => {
  await publish("good", "hello");
  await vi.waitFor(async () => expect(await seen("/tasks")).toHaveLength(1), { timeout: 10_000 });
  const [push] = await seen("/tasks");
  expect(await verified(push?.authorization)).toMatchObject({ email: CALLER, email_verified: true });
  expect(JSON.parse(push?.body ?? "")).toMatchObject({
    subscription: "projects/demo-servio/subscriptions/good",
    deliveryAttempt: 1,
    message: { data: Buffer.from("hello").toString("base64") },
  });
});

test("a scheduled job runs when asked, with its identity", async () => {
  expect(await running.cloud.jobs.run("sweep")).toMatchObject({ ok: true, status: 200 });
  const [call] = await seen("/sweep");
  expect(await verified(call?.authorization)).toMatchObject({ email: CALLER });
});

test("a service gets its secret and nothing of this process's environment", async () => {
  const env = (await (await fetch(`${service}/env`)).json()) as Record<string, string>;
  expect(env).toMatchObject({ TOKEN: "whisper", K_SERVICE: "api", GOOGLE_CLOUD_PROJECT: "demo-servio" });
  expect(Object.keys(env)).not.toContain("VITEST");
  expect(env.HOME).toBe(`${running.cloud.paths.home}/home`);
});

test("a service that binds every interface is reachable from this machine alone", async () => {
  if (process.platform !== "linux") return;
  const port = running.cloud.ports.api.toString(16).toUpperCase().padStart(4, "0");
  const rows = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((path) => readFileSync(path, "utf8").split("\n"));
  const bound = rows
    .filter((row) => row.includes(`:${port} `) && row.includes(" 0A "))
    .map((row) => row.trim().split(/\s+/)[1]);
  expect(bound).toEqual([`0100007F:${port}`]);
});

test("a function runs in the functions framework, at any path", async () => {
  expect(await (await fetch(`${functionUrl}/whatsapp`)).json()).toEqual({
    path: "/whatsapp",
    target: "handle",
    token: "whisper",
  });
});

test("a demo user signs in, with the role as a claim", async () => {
  await running.auth.ready();
  const user = { email: "agente@example.com", password: "demo-agente", role: "agent" } as const;
  await seedUsers(running.auth.host, "demo-servio", [user]);
  // Again: a second start on the same data changes nothing.
  await seedUsers(running.auth.host, "demo-servio", [user]);
  const response = await fetch(
    `http://${running.auth.host}/identitytoolkit.googleapis.com/v1/accounts:signInWithPassword?key=any`,
    {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email: user.email, password: user.password, returnSecureToken: true }),
    },
  );
  const { idToken } = (await response.json()) as { idToken: string };
  const claims = JSON.parse(Buffer.from(idToken.split(".")[1] ?? "", "base64url").toString()) as Record<
    string,
    unknown
  >;
  expect(claims).toMatchObject({ role: "agent", email: user.email, user_id: "demo-agent" });
});

test("a message that is refused five times becomes a dead letter", async () => {
  const pull = async () => {
    const response = await pubsub("subscriptions/bad-dead:pull", { maxMessages: 1, returnImmediately: true });
    return (await response.json()) as { receivedMessages?: unknown[] };
  };
  await vi.waitFor(async () => expect((await pull()).receivedMessages).toHaveLength(1), {
    timeout: 15_000,
    interval: 200,
  });
  const attempts = (await seen("/refuse")).map(
    ({ body }) => (JSON.parse(body) as { deliveryAttempt: number }).deliveryAttempt,
  );
  expect(attempts).toEqual([1, 2, 3, 4, 5]);
});

test("after a crash Pub/Sub has its topics and subscriptions again", async () => {
  const before = running.cloud.supervisor.list().find(({ name }) => name === "pubsub");
  running.cloud.supervisor.kill("pubsub", "SIGKILL");
  const back = () => running.cloud.supervisor.list().find(({ name }) => name === "pubsub");
  await vi.waitFor(() => expect(back()).toMatchObject({ state: "ready", restarts: (before?.restarts ?? 0) + 1 }), {
    timeout: 15_000,
  });
  await vi.waitFor(() => publish("good", "after the crash"), { timeout: 5_000 });
  await vi.waitFor(async () => expect(await seen("/tasks")).toHaveLength(2), { timeout: 10_000 });
});

test("a second local cloud in the same folder is told where the first is", async () => {
  const { base } = await freePorts();
  const { root, home } = running.cloud.paths;
  await expect(startEmptyCloud({ root, home, basePort: base })).rejects.toMatchObject({
    code: "already_running",
    message: expect.stringContaining(`http://127.0.0.1:${running.cloud.ports.api}`),
  });
});
