import type { Firestore } from "firebase-admin/firestore";
import pino from "pino";
import { type MemoryStaff, memoryStaff } from "../../admin/testing/memory-staff.ts";
import { type MemoryBucket, memoryBucket } from "../../attachments/testing/memory-bucket.ts";
import { showSeen, sweep } from "../../conversations/index.ts";
import { createWorld, type World } from "../../conversations/testing/world.ts";
import { sendScheduled } from "../../desk/index.ts";
import { firestoreStore } from "../../inbound/index.ts";
import { createFileLinks, createSessions, createStreams, type Streams } from "../../webchat/index.ts";
import { type AppDeps, createApp } from "../app.ts";
import type { Person } from "../identity.ts";
import { createOidcVerifier } from "../oidc.ts";
import { HttpProblem } from "../problem.ts";
import { adminRoutes } from "../routes/admin.ts";
import { attachmentRoutes } from "../routes/attachments.ts";
import { conversationRoutes } from "../routes/conversations.ts";
import { deskRoutes } from "../routes/desk.ts";
import { sendRoute } from "../routes/messages.ts";
import { searchRoutes } from "../routes/search.ts";
import { sessionRoutes } from "../routes/sessions.ts";
import { taskRoutes } from "../routes/tasks.ts";
import { webchatRoutes } from "../routes/webchat.ts";
import { AUDIENCE, CALLER } from "./google.ts";

/** What the website of the tests signs identities with. */
export const IDENTITY_SECRET = "identity-secret-of-the-tests-with-32-characters";
export const AUTOMATION_SECRET = "automation-secret-for-tests";

/** Who the ID tokens of the tests are. */
export const PEOPLE: Readonly<Record<string, Person>> = {
  customer: { uid: "customer-1", email: "cliente@example.com" },
  stranger: { uid: "customer-2" },
  agent: { uid: "agent-1", email: "agente@example.com", role: "agent" },
  admin: { uid: "admin-1", role: "admin" },
};

export interface TestApp {
  readonly world: World;
  readonly deps: AppDeps;
  readonly bucket: MemoryBucket;
  readonly streams: Streams;
  readonly staff: MemoryStaff;
  readonly inbound: unknown[];
  /** What was logged, one object a line. */
  readonly lines: Record<string, unknown>[];
}

/** The whole app over a real store, with recording stand-ins for everything beyond it. */
export function testApp(db: Firestore, certsUrl: string, { answerWithinMs = 20_000 } = {}): TestApp {
  const world = createWorld(db);
  const inbound: unknown[] = [];
  const bucket = memoryBucket();
  const lines: Record<string, unknown>[] = [];
  const log = pino({ messageKey: "message", level: "info" }, { write: (line) => lines.push(JSON.parse(line)) });
  const now = () => world.now;
  const sessions = createSessions({ secrets: [AUTOMATION_SECRET], identitySecrets: [IDENTITY_SECRET], now });
  const links = createFileLinks(AUTOMATION_SECRET, now);
  const staff = memoryStaff();
  const streams = createStreams({ db, log, links, now });
  return {
    world,
    bucket,
    streams,
    staff,
    inbound,
    lines,
    deps: {
      log,
      config: {
        projectId: "demo-servio",
        apiKey: "key",
        authDomain: "demo-servio.firebaseapp.com",
        environment: "test",
      },
      keepers: {
        automationSecrets: ["older-secret", AUTOMATION_SECRET],
        visitors: sessions.verify,
        oidc: createOidcVerifier({ certsUrl, audience: AUDIENCE, caller: CALLER }),
        idTokens: async (token) => {
          const person = PEOPLE[token];
          if (person) return person;
          throw new HttpProblem({ status: 401, code: "invalid_id_token", title: "Unauthorized", detail: "Not valid." });
        },
      },
      webhooks: {
        handshake: () => (request, response) => void response.send(String(request.query["hub.challenge"])),
        receive: () => (request, response) => void response.json({ bytes: (request.body as Buffer).length }),
      },
      webchat: { allowedOrigins: ["https://www.example.com"], trustedProxies: 1 },
      routes: [
        ...conversationRoutes({ db, now, seen: (conversation) => showSeen({ ...world.deps, db }, conversation) }),
        ...searchRoutes({ db }),
        ...attachmentRoutes({ db, bucket, secrets: [AUTOMATION_SECRET], now }),
        sendRoute({ ...world.deps, db, bucket }),
        ...deskRoutes({ db, now, facts: world.deps.facts }),
        ...sessionRoutes({ db, staff, now }),
        ...adminRoutes({ db, bucket, staff, now, settings: { GEMINI_MODEL: "model-of-an-example" } }),
        ...webchatRoutes({
          db,
          store: firestoreStore(db),
          worker: world.deps,
          sessions,
          streams,
          links,
          bucket,
          now,
          monotonic: () => world.now,
          answerWithinMs,
        }),
        ...taskRoutes({
          replies: world.deps,
          media: {
            ...world.deps,
            db,
            bucket,
            download: async () => ({ ok: false, why: "later", detail: "no network in tests" }),
          },
          inbound: async (data) => void inbound.push(data),
          sweep: async () => ({ ...(await sweep(db, world.queues, world.now)), handedBack: 0 }),
          scheduled: () => sendScheduled({ ...world.deps, db }),
        }),
      ],
    },
  };
}

export interface OpenedSession {
  readonly token: string;
  readonly visitor: { readonly id: string; readonly identified: boolean; readonly name?: string };
}

/** Opens the web chat as its page does. */
export async function openSession(url: string, body: object = {}): Promise<OpenedSession> {
  const response = await fetch(`${url}/api/omni/web/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`No session: ${response.status} ${await response.text()}`);
  return (await response.json()) as OpenedSession;
}

export { createApp };
