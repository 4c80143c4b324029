import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { PubSub } from "@google-cloud/pubsub";
import { initializeApp } from "firebase-admin/app";
import { getFirestore } from "firebase-admin/firestore";
import { createStaffDirectory } from "./admin/index.ts";
import { createAssistant, createContext } from "./assistant/index.ts";
import { createCloudBucket, createDownloader, createOpenFile } from "./attachments/index.ts";
import { type AutomationDeps, createSendGrid, DEFAULT_SETTINGS, TRIGGERS } from "./automation/index.ts";
import { channelsOptions, createChannels, createParsers } from "./channels/index.ts";
import {
  COLLECTIONS,
  createOutboxStore,
  createReplyStore,
  handBackOverdue,
  type ManualDeps,
  type ReplyDeps,
  showSeen,
  sweep,
} from "./conversations/index.ts";
import { sendScheduled } from "./desk/index.ts";
import { type ApiEnvironment, apiEnvironment, readEnvironment, shownSettings } from "./environment.ts";
import {
  createGraphReader,
  createLogGauge,
  createMonitoringGauge,
  createSlack,
  type HealthDeps,
} from "./health/index.ts";
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
import type { InboxConfig } from "./http/routes/system.ts";
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
/** The emulator's presence tells a local stack. */
const noCloudMonitoring = Boolean(process.env.FIRESTORE_EMULATOR_HOST);

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
const worker = workerOf(environment);
const automations = automationsOf(environment, worker);
const sessions = createSessions({
  secrets: environment.OMNI_AUTOMATION_SECRET,
  identitySecrets: environment.WEBCHAT_IDENTITY_SECRET,
  now: Date.now,
});
const links = createFileLinks(environment.OMNI_AUTOMATION_SECRET[0] ?? "", Date.now);
const streams = createStreams({ db, log, links, now: Date.now });
const metrics = {
  db,
  now: Date.now,
  timeZone: environment.AUTOMATION_TIME_ZONE,
  triggers: TRIGGERS.map(({ name }) => name),
  queues: noCloudMonitoring
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
    ...adminRoutes({
      db,
      bucket,
      staff: createStaffDirectory(firebase),
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
    ...healthRoutes(healthOf(environment, automations), metrics, () => performance.now()),
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

/** What answers customers, as people and as the bot. */
function workerOf(from: ApiEnvironment): ManualDeps & ReplyDeps {
  const now = Date.now;
  const channels = createChannels(channelsOptions(from));
  const assistant = createAssistant({
    apiKey: from.GEMINI_API_KEY,
    baseUrl: from.GEMINI_BASE_URL,
    model: from.GEMINI_MODEL,
    temperature: from.GEMINI_TEMPERATURE,
    maxOutputTokens: from.GEMINI_MAX_OUTPUT_TOKENS,
    historyTokens: from.GEMINI_HISTORY_TOKENS,
    deadlineMs: from.ANSWER_DEADLINE_SECONDS * 1000,
    allowedDomains: from.REPLY_DOMAINS,
    maskPersonalData: from.MASK_IA_LOGS,
    secrets: secretsOf(from),
    log,
  });
  return {
    db,
    channels,
    openFile: createOpenFile({ bucket, publicUrl: from.PUBLIC_URL, secrets: from.OMNI_AUTOMATION_SECRET, now }),
    assistant,
    facts: createContext(db, log).factsFor,
    replies,
    log,
    now,
    store: createReplyStore(db, channels, now),
    outbox: createOutboxStore(db, now),
    pause: (ms) => delay(ms),
    newToken: randomUUID,
  };
}

/** What sends the follow-ups: the same way out as an answer's, and e-mail where it is configured. */
function automationsOf(from: ApiEnvironment, { channels, outbox, now, newToken }: typeof worker): AutomationDeps {
  const { SENDGRID_API_KEY: apiKey, EMAIL_FROM: sender } = from;
  const email =
    apiKey !== undefined && sender !== undefined
      ? createSendGrid({ apiKey, baseUrl: from.SENDGRID_BASE_URL, from: { email: sender, name: "Servio.AI" } })
      : undefined;
  return {
    db,
    log,
    channels,
    outbox,
    now,
    newToken,
    email,
    siteUrl: from.SITE_URL.replace(/\/+$/, ""),
    publicUrl: from.PUBLIC_URL.replace(/\/+$/, ""),
    secrets: from.OMNI_AUTOMATION_SECRET,
    sleep: (ms) => delay(ms),
  };
}

function automationSettings(from: ApiEnvironment): typeof DEFAULT_SETTINGS {
  return {
    ...DEFAULT_SETTINGS,
    timeZone: from.AUTOMATION_TIME_ZONE,
    quiet: from.AUTOMATION_QUIET_HOURS,
    customerPauseMs: from.AUTOMATION_PAUSE_HOURS * 3_600_000,
  };
}

/** What watches the channels. */
function healthOf(from: ApiEnvironment, { email, now }: AutomationDeps): HealthDeps {
  const page = from.META_ACCESS_TOKEN;
  return {
    db,
    log,
    now,
    email,
    adminEmails: from.ADMIN_EMAILS,
    slack: from.SLACK_WEBHOOK_URL === undefined ? undefined : createSlack(from.SLACK_WEBHOOK_URL),
    graph: createGraphReader({ baseUrl: from.GRAPH_BASE_URL, version: from.GRAPH_API_VERSION }),
    accounts: [
      { channel: "whatsapp", account: from.WHATSAPP_PHONE_ID, token: from.WHATSAPP_TOKEN },
      { channel: "instagram", account: from.INSTAGRAM_ACCOUNT_ID, token: page },
      { channel: "facebook", account: from.META_PAGE_ID, token: page },
    ],
    ...(from.SENDGRID_API_KEY !== undefined && {
      sendGrid: { baseUrl: from.SENDGRID_BASE_URL, apiKey: from.SENDGRID_API_KEY },
    }),
    gemini: { baseUrl: from.GEMINI_BASE_URL, apiKey: from.GEMINI_API_KEY, model: from.GEMINI_MODEL },
    gauge: noCloudMonitoring
      ? createLogGauge(log)
      : createMonitoringGauge({ project, region: from.GOOGLE_CLOUD_REGION, environment: from.SERVIO_ENVIRONMENT }),
  };
}

/** What no answer may ever hold. */
function secretsOf(from: ApiEnvironment): string[] {
  return [
    ...from.META_APP_SECRET,
    ...from.OMNI_WEBHOOK_SECRET,
    ...from.OMNI_AUTOMATION_SECRET,
    ...(from.WEBCHAT_IDENTITY_SECRET ?? []),
    from.WHATSAPP_TOKEN,
    from.META_ACCESS_TOKEN,
    ...[from.SENDGRID_API_KEY, from.SLACK_WEBHOOK_URL].filter((secret) => secret !== undefined),
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
    ...(from.RUNBOOKS_URL && { runbooksUrl: from.RUNBOOKS_URL }),
  };
}
