import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { OAuth2Client } from "google-auth-library";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createGoogleIdentity } from "./google-identity.ts";
import { type Platform, startPlatform } from "./platform.ts";
import { createGeminiRelay } from "./services/gemini-relay.ts";
import { AT_ONCE, type PushPolicy } from "./services/push-attempts.ts";
import { createSecretStore } from "./services/secret-store.ts";
import { type FakeCloud, fakeCloud, freePort } from "./testing.ts";

const EMAIL = "tasks@demo-servio.iam.gserviceaccount.com";
const AUDIENCE = "https://tasks.local.internal";

let cloud: FakeCloud;
let platform: Platform;
let base: string;

beforeAll(async () => {
  // Tokens must be valid now, by the verifier's clock.
  cloud = { ...(await fakeCloud()), identity: await createGoogleIdentity() };
  const { identity, push, objects, jobs, supervisor, ports, paths } = cloud;
  platform = await startPlatform({
    port: ports.platform,
    identity,
    push,
    objects,
    jobs,
    supervisor,
    publish: async (topic, message) => void dead.push({ topic, ...message }),
    logFile: join(paths.home, "push.log"),
  });
  base = `http://127.0.0.1:${ports.platform}`;
});
afterAll(() => platform.close());

const dead: unknown[] = [];
const endpoints: Server[] = [];
afterEach(() => {
  for (const server of endpoints.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

async function endpoint(answer: number | "never"): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) });
    if (answer !== "never") response.writeHead(answer).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  endpoints.push(server);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tasks`, received };
}

function subscribe(url: string, more: { policy?: PushPolicy; ackDeadlineSeconds?: number } = {}): void {
  cloud.push.set("replies", {
    subscription: "projects/demo-servio/subscriptions/replies",
    endpoint: url,
    oidc: { email: EMAIL, audience: AUDIENCE },
    ackDeadlineSeconds: more.ackDeadlineSeconds ?? 10,
    policy: more.policy ?? AT_ONCE,
  });
}

async function push(messageId: string): Promise<number> {
  const body = { subscription: "projects/demo-servio/subscriptions/replies", message: { messageId, data: "aGk=" } };
  const response = await fetch(`${base}/push/replies`, { method: "POST", body: JSON.stringify(body) });
  return response.status;
}

function verifier(): OAuth2Client {
  return new OAuth2Client({ endpoints: { oauth2FederatedSignonPemCertsUrl: `${base}/oauth2/v1/certs` } });
}

describe("the push relay", () => {
  test("signs as Google does: google-auth-library accepts the token, for its audience alone", async () => {
    const { url, received } = await endpoint(204);
    subscribe(url);
    expect(await push("1")).toBe(204);
    const [request] = received;
    const idToken = request?.headers.authorization?.replace("Bearer ", "") ?? "";
    const ticket = await verifier().verifyIdToken({ idToken, audience: AUDIENCE });
    expect(ticket.getPayload()).toMatchObject({
      iss: "https://accounts.google.com",
      email: EMAIL,
      email_verified: true,
    });
    await expect(verifier().verifyIdToken({ idToken, audience: "https://other" })).rejects.toThrow("Wrong recipient");
    expect(request?.body).toEqual({
      subscription: "projects/demo-servio/subscriptions/replies",
      message: { messageId: "1", data: "aGk=" },
    });
  });

  test("a token of other keys is not accepted", async () => {
    const idToken = await (await createGoogleIdentity()).token({ email: EMAIL, audience: AUDIENCE });
    await expect(verifier().verifyIdToken({ idToken, audience: AUDIENCE })).rejects.toThrow("No pem found");
  });

  test("tells the attempt where there is a dead-letter policy, and after the last one it is a dead letter", async () => {
    const refusing = await endpoint(503);
    subscribe(refusing.url, {
      policy: { ...AT_ONCE, deadLetter: { topic: "projects/p/topics/dead", maxDeliveryAttempts: 2 } },
    });
    expect([await push("2"), await push("2")]).toEqual([503, 204]);
    expect(refusing.received.map(({ body }) => (body as { deliveryAttempt: number }).deliveryAttempt)).toEqual([1, 2]);
    expect(dead).toEqual([
      {
        topic: "projects/p/topics/dead",
        data: "aGk=",
        attributes: {
          CloudPubSubDeadLetterSourceDeliveryCount: "2",
          CloudPubSubDeadLetterSourceSubscription: "replies",
          CloudPubSubDeadLetterSourceTopicPublishTime: "",
        },
      },
    ]);
  });

  test("an endpoint that cannot be reached is a refusal, so that the emulator tries again", async () => {
    subscribe("http://127.0.0.1:1/tasks");
    expect(await push("3")).toBe(503);
  });

  test("an endpoint that answers too late is a refusal", async () => {
    const { url } = await endpoint("never");
    subscribe(url, { ackDeadlineSeconds: 0.1 });
    expect(await push("4")).toBe(504);
  });

  test("a subscription without a route is not found", async () => {
    expect((await fetch(`${base}/push/unknown`, { method: "POST", body: "{}" })).status).toBe(404);
  });
});

test("the way to the real Gemini takes the user's key along, and nothing else of the caller", async () => {
  const seen: { url: string | undefined; key: unknown; body: string }[] = [];
  const upstream = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    seen.push({ url: request.url, key: request.headers["x-goog-api-key"], body: Buffer.concat(chunks).toString() });
    response.writeHead(429, { "content-type": "application/json" }).end('{"error":{}}');
  }).listen(0, "127.0.0.1");
  await once(upstream, "listening");
  endpoints.push(upstream);
  const { identity, push, objects, jobs, supervisor, paths } = cloud;
  const port = await freePort();
  const gemini = createGeminiRelay("user-key", `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`);
  const open = await startPlatform({
    port,
    identity,
    push,
    objects,
    jobs,
    supervisor,
    publish: async (topic, message) => void dead.push({ topic, ...message }),
    logFile: join(paths.home, "push.log"),
    gemini,
  });
  const response = await fetch(`http://127.0.0.1:${port}/gemini/v1beta/models/x:generateContent?alt=sse`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-goog-api-key": "local" },
    body: '{"contents":[]}',
  });
  expect([response.status, await response.text()]).toEqual([429, '{"error":{}}']);
  expect(seen).toEqual([{ url: "/v1beta/models/x:generateContent?alt=sse", key: "user-key", body: '{"contents":[]}' }]);
  await open.close();
});

test("certificates may be kept for an hour, as Google's", async () => {
  const response = await fetch(`${base}/oauth2/v1/certs`);
  expect(response.headers.get("cache-control")).toBe("public, max-age=3600");
  expect(Object.values((await response.json()) as object)).toEqual([
    expect.stringContaining("-----BEGIN PUBLIC KEY-----"),
  ]);
});

test("an object comes back as it went in; one that is not there is a 404", async () => {
  await cloud.objects.put("archives", "a/b.txt", "content");
  const get = (name: string) => fetch(`${base}/storage/v1/b/archives/o/${encodeURIComponent(name)}?alt=media`);
  expect(await (await get("a/b.txt")).text()).toBe("content");
  expect((await get("missing")).status).toBe(404);
});

test("a secret has the versions that it was given, and says when one is missing", () => {
  const secrets = createSecretStore();
  expect(secrets.put("token", "one").version).toBe("1");
  expect(secrets.put("token", "one").version).toBe("1");
  expect(secrets.put("token", "two").version).toBe("2");
  expect([secrets.read("token", "1"), secrets.read("token")]).toEqual(["one", "two"]);
  expect(() => secrets.read("token", "3")).toThrow('Secret "token" has no version "3".');
});
