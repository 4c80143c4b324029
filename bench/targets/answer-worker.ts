import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { deleteApp, initializeApp } from "firebase-admin/app";
import { getFirestore } from "firebase-admin/firestore";
import pino from "pino";
import { systemClock } from "../../app/assistant/clock.ts";
import { createContext } from "../../app/assistant/context.ts";
import { createAssistantWith } from "../../app/assistant/create.ts";
import { createGemini } from "../../app/assistant/gemini.ts";
import type { Model } from "../../app/assistant/model.ts";
import { channelsOptions, createChannels } from "../../app/channels/index.ts";
import { answerJob, createOutboxStore, createReplyStore, type ReplyDeps } from "../../app/conversations/index.ts";
import { apiEnvironment, readEnvironment } from "../../app/environment.ts";
import { createInboundStore, firestoreStore } from "../../app/inbound/index.ts";
import { WHATSAPP_PHONE_ID } from "../support/payload.ts";

/** A process that answers customers one after the other, with the environment of the local stack's service. */

/** What one answer took without the model, in milliseconds. */
export interface Answered {
  /** From the job to the recorded send, what it waits for Firestore and Graph included. */
  readonly whole: number;
  /** Of this process's processor, the clients of both included. */
  readonly processor: number;
}

const FIRST_CUSTOMER = 5511920000000;
/** Half of the customers are known to the platform: their facts are read for the model. */
const KNOWN_SHARE = 2;

const [answers = 0, warmUp = 0] = process.argv.slice(2).map(Number);
const environment = readEnvironment(apiEnvironment, process.env);
const app = initializeApp({ projectId: environment.GOOGLE_CLOUD_PROJECT });
const db = getFirestore(app);
const modelMs: number[] = [];
const deps = workerOf();
const inbound = createInboundStore(firestoreStore(db));
const answered: Answered[] = [];
for (let n = 0; n < warmUp + answers; n += 1) {
  const customer = String(FIRST_CUSTOMER + n);
  if (n % KNOWN_SHARE === 0) await makeKnown(customer);
  const said = { type: "message", direction: "in", channel: "whatsapp", kind: "text", attachments: [] } as const;
  const from = { account: WHATSAPP_PHONE_ID, customer, providerId: `wamid.answer-${n}`, at: Date.now() };
  await inbound.persist([{ ...said, ...from, text: "Bom dia! Quanto custa pintar uma sala?" }], {});
  modelMs.length = 0;
  const before = process.cpuUsage();
  const began = performance.now();
  await answerJob(deps, { conversationId: `whatsapp_${customer}` }, `bench-${n}`);
  const took = performance.now() - began;
  const { user, system } = process.cpuUsage(before);
  if (modelMs.length !== 1) throw new Error(`The model was asked ${modelMs.length} times for one answer.`);
  if (n >= warmUp) answered.push({ whole: took - (modelMs[0] ?? 0), processor: (user + system) / 1000 });
}
process.send?.(answered);
await deleteApp(app);

/** As `app/server.ts` does, with a model whose calls are timed. */
function workerOf(): ReplyDeps {
  const { GEMINI_API_KEY: apiKey, GEMINI_BASE_URL: baseUrl, GEMINI_MODEL: model } = environment;
  const log = pino({ enabled: false });
  const channels = createChannels(channelsOptions(environment));
  const gemini = createGemini({ apiKey, baseUrl, model, clock: systemClock });
  return {
    channels,
    log,
    now: Date.now,
    assistant: createAssistantWith(timed(gemini), log),
    facts: createContext(db, log).factsFor,
    replies: { publish: async () => undefined },
    store: createReplyStore(db, channels, Date.now),
    outbox: createOutboxStore(db, Date.now),
    pause: (ms) => delay(ms),
    newToken: randomUUID,
  };
}

function timed(model: Model): Model {
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
async function makeKnown(customer: string): Promise<void> {
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
