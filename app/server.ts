import { fileURLToPath } from "node:url";
import { PubSub } from "@google-cloud/pubsub";
import { initializeApp } from "firebase-admin/app";
import { getFirestore } from "firebase-admin/firestore";
import { createStaffDirectory } from "./admin/index.ts";
import { createCloudBucket, createDownloader } from "./attachments/index.ts";
import { TRIGGERS } from "./automation/index.ts";
import { createParsers } from "./channels/index.ts";
import { COLLECTIONS, handBackOverdue, showSeen, sweep } from "./conversations/index.ts";
import { sendScheduled } from "./desk/index.ts";
import { apiEnvironment, readEnvironment, shownSettings } from "./environment.ts";
import { createApp } from "./http/app.ts";
import { createIdTokenVerifier } from "./http/identity.ts";
import { endWell, exitOnUnhandled, listen, orExit, portOf } from "./http/lifecycle.ts";
import { createOidcVerifier } from "./http/oidc.ts";
import { adminRoutes } from "./http/routes/admin.ts";
import { attachmentRoutes } from "./http/routes/attachments.ts";
import { automationRoutes } from "./http/routes/automation.ts";
import { conversationRoutes } from "./http/routes/conversations.ts";
import { deskRoutes } from "./http/routes/desk.ts";
import { healthRoutes } from "./http/routes/health.ts";
import { sendRoute } from "./http/routes/messages.ts";
import { metricsRoute } from "./http/routes/metrics.ts";
import { searchRoutes } from "./http/routes/search.ts";
import { sessionRoutes } from "./http/routes/sessions.ts";
import { taskRoutes } from "./http/routes/tasks.ts";
import { webchatRoutes } from "./http/routes/webchat.ts";
import { warmUp } from "./http/warm-up.ts";
import {
  createFallbackQueue,
  createInboundStore,
  createInboundTask,
  createMediaQueue,
  createReceive,
  createRepliesQueue,
  expressHandlers,
  firestoreStore,
  warmPublisher,
} from "./inbound/index.ts";
import { createQueueDepths } from "./metrics/index.ts";
import { createLog } from "./telemetry/log.ts";
import { createFileLinks, createSessions, createStreams } from "./webchat/index.ts";
import { automationSettings, automationsOf } from "./wiring/automations.ts";
import { healthOf } from "./wiring/health.ts";
import { inboxConfig } from "./wiring/inbox-config.ts";
import { workerOf } from "./wiring/worker.ts";

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
/** The emulator's presence tells a local stack, which has no Cloud Monitoring. */
const isLocal = Boolean(process.env.FIRESTORE_EMULATOR_HOST);

const firebase = initializeApp({ projectId: project });
const db = getFirestore(firebase);
const pubsub = new PubSub({ projectId: project });
// While the connections open, the rest is put together.
const warm = warmUp(log, {
  firestore: () => db.collection(COLLECTIONS.channels).doc("warm-up").get(),
  pubsub: () => warmPublisher(pubsub, environment.REPLIES_TOPIC),
});
const replies = createRepliesQueue(pubsub, environment.REPLIES_TOPIC);
const media = createMediaQueue(pubsub, environment.REPLIES_TOPIC);
const bucket = createCloudBucket(project, environment.ATTACHMENTS_BUCKET);
const port = firestoreStore(db);
const store = createInboundStore(port);
const worker = workerOf(environment, { db, log, bucket, replies });
const automations = automationsOf(environment, worker);
const sessions = createSessions({
  secrets: environment.OMNI_AUTOMATION_SECRET,
  identitySecrets: environment.WEBCHAT_IDENTITY_SECRET,
  now: Date.now,
});
const links = createFileLinks(environment.OMNI_AUTOMATION_SECRET[0] ?? "", Date.now);
const staff = createStaffDirectory(firebase);
const streams = createStreams({ db, log, links, now: Date.now });
const metrics = {
  db,
  now: Date.now,
  timeZone: environment.AUTOMATION_TIME_ZONE,
  triggers: TRIGGERS.map(({ name }) => name),
  queues: isLocal
    ? async () => null
    : createQueueDepths({ project: environment.GOOGLE_CLOUD_PROJECT, log, now: Date.now }),
};

const app = createApp({
  log,
  config: inboxConfig(environment),
  publicDir: fileURLToPath(new URL("public", import.meta.url)),
  keepers: {
    idTokens: createIdTokenVerifier(firebase),
    automationSecrets: environment.OMNI_AUTOMATION_SECRET,
    visitors: sessions.verify,
    oidc: createOidcVerifier({
      certsUrl: environment.OIDC_CERTS_URL,
      audience: environment.TASKS_AUDIENCE,
      caller: environment.TASKS_CALLER,
    }),
  },
  webchat: {
    allowedOrigins: environment.WEBCHAT_ALLOWED_ORIGINS,
    trustedProxies: environment.TRUSTED_PROXIES,
  },
  webhooks: expressHandlers(
    createReceive({
      parsers: createParsers(),
      appSecrets: environment.META_APP_SECRET,
      verifyTokens: environment.OMNI_WEBHOOK_SECRET,
      fallback: createFallbackQueue(pubsub, environment.INBOUND_FALLBACK_TOPIC),
      store,
      replies,
      media,
      log,
    }),
  ),
  routes: [
    ...conversationRoutes({
      db,
      now: Date.now,
      seen: (conversation) => showSeen({ db, log, channels: worker.channels }, conversation),
    }),
    ...searchRoutes({ db }),
    ...attachmentRoutes({ db, bucket, secrets: environment.OMNI_AUTOMATION_SECRET, now: Date.now }),
    sendRoute({ ...worker, bucket }),
    ...deskRoutes({ db, now: Date.now, facts: worker.facts }),
    ...sessionRoutes({ db, staff, now: Date.now }),
    ...adminRoutes({
      db,
      bucket,
      staff,
      settings: shownSettings(process.env),
      now: Date.now,
    }),
    ...webchatRoutes({
      db,
      store: port,
      worker,
      sessions,
      streams,
      links,
      bucket,
      now: Date.now,
      monotonic: () => performance.now(),
    }),
    ...automationRoutes(automations, automationSettings(environment)),
    ...healthRoutes(healthOf(environment, automations, isLocal), metrics, () => performance.now()),
    metricsRoute(metrics),
    ...taskRoutes({
      replies: worker,
      media: { ...worker, bucket, download: createDownloader({ graphBaseUrl: environment.GRAPH_BASE_URL }) },
      inbound: createInboundTask({ store, replies, media, log }),
      sweep: async () => {
        const swept = await sweep(db, { replies, media }, Date.now());
        return { ...swept, handedBack: await handBackOverdue(worker, environment.HANDOFF_TIMEOUT_MINUTES * 60_000) };
      },
      scheduled: () => sendScheduled(worker),
    }),
  ],
});

await warm;
const address = { host: process.env.HOST ?? "0.0.0.0", port: Number(process.env.PORT ?? 8080) };
const server = await listen(app, address);
endWell(server, log, streams.stop, () => Promise.all([pubsub.close(), db.terminate()]));
log.info({ event: "ready", host: address.host, port: portOf(server), startMs: Math.round(performance.now()) }, "Ready");
