import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { PubSub } from "@google-cloud/pubsub";
import { initializeApp } from "firebase-admin/app";
import { getFirestore } from "firebase-admin/firestore";
import { createAssistant, createContext } from "./assistant/index.ts";
import { createChannels, createParsers } from "./channels/index.ts";
import {
  COLLECTIONS,
  createOutboxStore,
  createReplyStore,
  type ManualDeps,
  type ReplyDeps,
  sweep,
} from "./conversations/index.ts";
import { type ApiEnvironment, apiEnvironment, readEnvironment } from "./environment.ts";
import { createApp } from "./http/app.ts";
import { createIdTokenVerifier } from "./http/identity.ts";
import { endWell, exitOnUnhandled, listen, orExit, portOf } from "./http/lifecycle.ts";
import { createOidcVerifier } from "./http/oidc.ts";
import { conversationRoutes } from "./http/routes/conversations.ts";
import { sendRoute } from "./http/routes/messages.ts";
import type { InboxConfig } from "./http/routes/system.ts";
import { taskRoutes } from "./http/routes/tasks.ts";
import { warmUp } from "./http/warm-up.ts";
import {
  createFallbackQueue,
  createInboundStore,
  createInboundTask,
  createReceive,
  createRepliesQueue,
  expressHandlers,
  firestoreStore,
  warmPublisher,
} from "./inbound/index.ts";
import { createLog } from "./telemetry/log.ts";

/** Entry of Cloud Run: webhooks, workers, API and inbox in one process. */

const environment = orExit(() => readEnvironment(apiEnvironment, process.env));
const project = environment.GOOGLE_CLOUD_PROJECT;
const log = createLog({
  project,
  environment: environment.SERVIO_ENVIRONMENT,
  service: "api",
  level: environment.LOG_LEVEL,
});
exitOnUnhandled(log);

const firebase = initializeApp({ projectId: project });
const db = getFirestore(firebase);
const pubsub = new PubSub({ projectId: project });
// While the connections open, the rest is put together.
const warm = warmUp(log, {
  firestore: () => db.collection(COLLECTIONS.channels).doc("warm-up").get(),
  pubsub: () => warmPublisher(pubsub, environment.REPLIES_TOPIC),
});
const replies = createRepliesQueue(pubsub, environment.REPLIES_TOPIC);
const store = createInboundStore(firestoreStore(db));
const worker = workerOf(environment);

const app = createApp({
  log,
  config: inboxConfig(environment),
  publicDir: fileURLToPath(new URL("public", import.meta.url)),
  keepers: {
    idTokens: createIdTokenVerifier(firebase),
    automationSecrets: environment.OMNI_AUTOMATION_SECRET,
    oidc: createOidcVerifier({
      certsUrl: environment.OIDC_CERTS_URL,
      audience: environment.TASKS_AUDIENCE,
      caller: environment.TASKS_CALLER,
    }),
  },
  webhooks: expressHandlers(
    createReceive({
      parsers: createParsers(),
      appSecrets: environment.META_APP_SECRET,
      verifyTokens: environment.OMNI_WEBHOOK_SECRET,
      fallback: createFallbackQueue(pubsub, environment.INBOUND_FALLBACK_TOPIC),
      store,
      replies,
      log,
    }),
  ),
  routes: [
    ...conversationRoutes({ db, now: Date.now }),
    sendRoute(worker),
    ...taskRoutes({
      replies: worker,
      inbound: createInboundTask({ store, replies, log }),
      sweep: () => sweep(db, replies, Date.now()),
    }),
  ],
});

await warm;
const address = { host: process.env.HOST ?? "0.0.0.0", port: Number(process.env.PORT ?? 8080) };
const server = await listen(app, address);
endWell(server, log, () => Promise.all([pubsub.close(), db.terminate()]));
log.info({ event: "ready", host: address.host, port: portOf(server), startMs: Math.round(performance.now()) }, "Ready");

/** What answers customers, as people and as the bot. */
function workerOf(from: ApiEnvironment): ManualDeps & ReplyDeps {
  const now = Date.now;
  const channels = createChannels({
    graphBaseUrl: from.GRAPH_BASE_URL,
    graphVersion: from.GRAPH_API_VERSION,
    whatsapp: { token: from.WHATSAPP_TOKEN, phoneId: from.WHATSAPP_PHONE_ID },
    messenger: { token: from.META_ACCESS_TOKEN, pageId: from.META_PAGE_ID },
    instagram: { token: from.META_ACCESS_TOKEN, accountId: from.INSTAGRAM_ACCOUNT_ID },
  });
  const assistant = createAssistant({
    apiKey: from.GEMINI_API_KEY,
    baseUrl: from.GEMINI_BASE_URL,
    model: from.GEMINI_MODEL,
    secrets: secretsOf(from),
    log,
  });
  return {
    db,
    channels,
    assistant,
    facts: createContext(db, log).factsFor,
    replies,
    log,
    now,
    store: createReplyStore(db, channels, now),
    outbox: createOutboxStore(db, now),
    newToken: randomUUID,
  };
}

/** What no answer may ever hold. */
function secretsOf(from: ApiEnvironment): string[] {
  return [
    ...from.META_APP_SECRET,
    ...from.OMNI_WEBHOOK_SECRET,
    ...from.OMNI_AUTOMATION_SECRET,
    from.WHATSAPP_TOKEN,
    from.META_ACCESS_TOKEN,
  ];
}

/** Google's libraries take the emulators' hosts from the same variables. */
function inboxConfig(from: ApiEnvironment): InboxConfig {
  const { FIRESTORE_EMULATOR_HOST: firestore, FIREBASE_AUTH_EMULATOR_HOST: auth } = process.env;
  return {
    projectId: project,
    apiKey: from.FIREBASE_API_KEY,
    authDomain: from.FIREBASE_AUTH_DOMAIN,
    environment: from.SERVIO_ENVIRONMENT,
    // In a local stack the simulator of Graph serves the page that plays the customer.
    ...(firestore && { firestoreEmulatorHost: firestore, phoneUrl: new URL("/", from.GRAPH_BASE_URL).href }),
    ...(auth && { authEmulatorHost: auth }),
  };
}
