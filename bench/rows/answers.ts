import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { deleteApp, initializeApp } from "firebase-admin/app";
import { type Firestore, getFirestore } from "firebase-admin/firestore";
import pino from "pino";
import { systemClock } from "../../app/assistant/clock.ts";
import { createContext } from "../../app/assistant/context.ts";
import { createAssistantWith } from "../../app/assistant/create.ts";
import { createGemini } from "../../app/assistant/gemini.ts";
import type { Model } from "../../app/assistant/model.ts";
import { createChannels } from "../../app/channels/index.ts";
import { answerJob, createOutboxStore, createReplyStore, type ReplyDeps } from "../../app/conversations/index.ts";
import { apiEnvironment, readEnvironment } from "../../app/environment.ts";
import { createInboundStore, firestoreStore } from "../../app/inbound/index.ts";
import type { LocalCloudHandle } from "../../local/cloud.ts";
import { median, percentile } from "../support/open-model.ts";
import { type Effort, milliseconds, type Row } from "../support/row.ts";
import { runningProcess } from "../support/running.ts";

const FIRST_CUSTOMER = 5511920000000;
/** Half of the customers are known to the platform: their facts are read for the model. */
const KNOWN_SHARE = 2;

/**
 * What an answer costs beside the model: the worker as the service puts it together, from the job to the message at
 * Meta, on both emulators and with the simulators of Gemini and Graph. Only the model's own time is taken out.
 */
export async function answerRows(handle: LocalCloudHandle, effort: Effort): Promise<Row[]> {
  const { outputs } = handle;
  process.env.FIRESTORE_EMULATOR_HOST = outputs.firestoreHost;
  process.env.METADATA_SERVER_DETECTION = "none";
  const app = initializeApp({ projectId: outputs.project }, "bench-answers");
  const db = getFirestore(app);
  const modelMs: number[] = [];
  const deps = workerOf(handle, db, modelMs);
  const inbound = createInboundStore(firestoreStore(db));
  const answers = effort.quick ? 40 : 300;
  const warmUp = Math.ceil(answers / 4);
  const own: number[] = [];
  const processor: number[] = [];
  for (let n = 0; n < warmUp + answers; n += 1) {
    const customer = String(FIRST_CUSTOMER + n);
    if (n % KNOWN_SHARE === 0) await makeKnown(db, customer);
    const said = { type: "message", direction: "in", channel: "whatsapp", kind: "text", attachments: [] } as const;
    const from = { account: "100000000000002", customer, providerId: `wamid.answer-${n}`, at: Date.now() };
    await inbound.persist([{ ...said, ...from, text: "Bom dia! Quanto custa pintar uma sala?" }], {});
    modelMs.length = 0;
    const before = process.cpuUsage();
    const began = performance.now();
    await answerJob(deps, { conversationId: `whatsapp_${customer}` }, `bench-${n}`);
    const took = performance.now() - began;
    const { user, system } = process.cpuUsage(before);
    if (modelMs.length !== 1) throw new Error(`The model was asked ${modelMs.length} times for one answer.`);
    if (n < warmUp) continue;
    own.push(took - (modelMs[0] ?? 0));
    processor.push((user + system) / 1000);
  }
  await deleteApp(app);
  const sorted = own.toSorted((a, b) => a - b);
  const p50 = median(own);
  return [
    {
      what: `an answer, the model's time taken out, both emulators, ${answers} answers`,
      bar: "p50 ≤ 60 ms",
      measured: `p50 ${milliseconds(p50)}, p99 ${milliseconds(percentile(sorted, 99))}, ${milliseconds(median(processor))} of processor`,
      holds: p50 <= 60,
    },
  ];
}

/** As `app/server.ts` does, with a model whose calls are timed. */
function workerOf(handle: LocalCloudHandle, db: Firestore, modelMs: number[]): ReplyDeps {
  const environment = readEnvironment(apiEnvironment, runningProcess(handle, "servio-api").environment);
  const { GEMINI_API_KEY: apiKey, GEMINI_BASE_URL: baseUrl, GEMINI_MODEL: model } = environment;
  const log = pino({ enabled: false });
  const channels = createChannels({
    graphBaseUrl: environment.GRAPH_BASE_URL,
    graphVersion: environment.GRAPH_API_VERSION,
    whatsapp: { token: environment.WHATSAPP_TOKEN, phoneId: environment.WHATSAPP_PHONE_ID },
    messenger: { token: environment.META_ACCESS_TOKEN, pageId: environment.META_PAGE_ID },
    instagram: { token: environment.META_ACCESS_TOKEN, accountId: environment.INSTAGRAM_ACCOUNT_ID },
  });
  const gemini = createGemini({ apiKey, baseUrl, model, clock: systemClock });
  return {
    channels,
    log,
    now: Date.now,
    assistant: createAssistantWith(timed(gemini, modelMs), log),
    facts: createContext(db, log).factsFor,
    replies: { publish: async () => undefined },
    store: createReplyStore(db, channels, Date.now),
    outbox: createOutboxStore(db, Date.now),
    pause: (ms) => delay(ms),
    newToken: randomUUID,
  };
}

function timed(model: Model, modelMs: number[]): Model {
  return {
    id: model.id,
    async generate(call) {
      const began = performance.now();
      const result = await model.generate(call);
      modelMs.push(performance.now() - began);
      return result;
    },
  };
}

/** A client with an open job, a proposal and a pending payment. */
async function makeKnown(db: Firestore, customer: string): Promise<void> {
  const user = `bench.${customer}@example.com`;
  const batch = db.batch();
  batch.set(db.doc(`users/${user}`), {
    userType: "cliente",
    name: "Cliente de exemplo",
    phone: `+${customer}`,
    phoneVerified: true,
    onboardingCompleted: true,
  });
  batch.set(db.doc(`jobs/bench-${customer}`), { clientId: user, title: "Pintura da sala", status: "ativo" });
  batch.set(db.doc(`proposals/bench-${customer}`), { jobId: `bench-${customer}`, status: "enviada", price: 900 });
  batch.set(db.doc(`escrows/bench-${customer}`), { clientId: user, status: "pending", amount: 350 });
  await batch.commit();
}
