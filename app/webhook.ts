import type { ServerResponse } from "node:http";
import { PubSub } from "@google-cloud/pubsub";
import { initializeApp } from "firebase-admin/app";
import { type Firestore, getFirestore } from "firebase-admin/firestore";
import { createParsers } from "./channels/create.ts";
import { COLLECTIONS } from "./conversations/model.ts";
import { readEnvironment, webhookEnvironment } from "./environment.ts";
import { within } from "./inbound/deadline.ts";
import { firestoreStore } from "./inbound/firestore.ts";
import { answer, channelOfPath, type ParsedRequest, write } from "./inbound/node.ts";
import { createInboundStore } from "./inbound/persist.ts";
import { createFallbackQueue, createMediaQueue, createRepliesQueue, warmPublisher } from "./inbound/queue.ts";
import { keepBodiesRaw } from "./inbound/raw-bytes.ts";

import { createReceive } from "./inbound/receive.ts";
import { createLog } from "./telemetry/log.ts";

/** The Cloud Function that receives Meta's webhooks. Loading this module reads the environment and opens connections. */

const environment = readEnvironment(webhookEnvironment, process.env);
const project = environment.GOOGLE_CLOUD_PROJECT;
const log = createLog({
  project,
  environment: environment.SERVIO_ENVIRONMENT,
  service: "webhook",
  level: environment.LOG_LEVEL,
});

keepBodiesRaw();
const db = getFirestore(initializeApp({ projectId: project }));
const pubsub = new PubSub({ projectId: project });
const receive = createReceive({
  parsers: createParsers(),
  appSecrets: environment.META_APP_SECRET,
  verifyTokens: environment.OMNI_WEBHOOK_SECRET,
  store: createInboundStore(firestoreStore(db)),
  replies: createRepliesQueue(pubsub, environment.REPLIES_TOPIC),
  media: createMediaQueue(pubsub, environment.REPLIES_TOPIC),
  fallback: createFallbackQueue(pubsub, environment.INBOUND_FALLBACK_TOPIC),
  log,
});

/** After this the first delivery is let through cold, rather than made to wait past Meta's five seconds. */
const WARM_UP_MS = 3_000;
let warming: Promise<void> | undefined = warmUp(db).finally(() => {
  warming = undefined;
});

/**
 * Entry point for the functions framework: `/{channel}`, `/api/omni/webhook/{channel}` and `/healthz`.
 *
 * The framework listens as soon as this module is loaded, so the first requests wait for the connections here.
 */
export function omnichannelWebhook(request: ParsedRequest, response: ServerResponse): Promise<void> {
  return warming ? warming.then(() => route(request, response)) : route(request, response);
}

function route(request: ParsedRequest, response: ServerResponse): Promise<void> {
  const url = request.url ?? "/";
  if (url !== "/healthz") return answer(receive, channelOfPath(url), request, response);
  write(response, { status: 200, headers: { "content-type": "text/plain; charset=utf-8" }, body: "ok" });
  return Promise.resolve();
}

/** The first call of a process to Firestore or Pub/Sub costs up to a second; a throw-away one pays it beforehand. */
async function warmUp(firestore: Firestore): Promise<void> {
  const calls = [
    firestore.collection(COLLECTIONS.channels).doc("warm-up").get(),
    firestore.collection(COLLECTIONS.channels).where("channel", "==", "warm-up").limit(1).get(),
    firestore.batch().commit(),
    warmPublisher(pubsub, environment.REPLIES_TOPIC),
  ];
  const outcomes = await within(WARM_UP_MS, Promise.allSettled(calls)).catch((error: unknown) => {
    log.warn({ err: error, event: "warm_up_slow" }, "Connections are not open yet; the first deliveries may be slow");
    return [];
  });
  for (const outcome of outcomes) {
    // Refused is as good as answered: the connection is open.
    if (outcome.status === "rejected")
      log.debug({ err: outcome.reason, event: "warm_up_refused" }, "Warm-up call refused");
  }
}
