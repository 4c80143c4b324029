import { Readable } from "node:stream";
import { FieldValue, type Firestore, Timestamp } from "firebase-admin/firestore";
import pino from "pino";
import type { Answer, AnswerRequest } from "../../assistant/assistant.ts";
import type { Attachment } from "../../attachments/model.ts";
import type { MessageKind, OutboundFile } from "../../channels/channel.ts";
import { WINDOW_MS } from "../decide.ts";
import { conversationId, messageId } from "../ids.ts";
import {
  BOT_ID,
  COLLECTIONS,
  type Conversation,
  type MediaJob,
  type MediaQueue,
  type Message,
  type OutboxRow,
  type RepliesQueue,
  type ReplyJob,
} from "../model.ts";
import { createOutboxStore } from "../outbox-store.ts";
import type { ReplyDeps } from "../ports.ts";
import { createReplyStore } from "../reply-store.ts";
import { type FakeProvider, fakeChannels } from "./provider.ts";

export { raiseTo } from "./provider.ts";

/** 23 November 2026, noon in UTC: an arbitrary fixed moment. */
export const START = Date.UTC(2026, 10, 23, 12);

/** Who writes, where the story needs one customer only; their conversation, and the job that answers it. */
export const CUSTOMER = "5511900000001";
export const CONVERSATION = `whatsapp_${CUSTOMER}`;
export const JOB = { conversationId: CONVERSATION };
const ACCOUNT = "100000000000001";

export interface World {
  readonly db: Firestore;
  readonly deps: ReplyDeps;
  readonly provider: FakeProvider;
  readonly asked: AnswerRequest[];
  readonly jobs: ReplyJob[];
  readonly mediaJobs: MediaJob[];
  /** What the sweep publishes to. */
  readonly queues: { readonly replies: RepliesQueue; readonly media: MediaQueue };
  /** What the model says; by default, `Resposta {n}`. */
  answer: (request: AnswerRequest) => Promise<Answer>;
  now: number;
  /** As the webhook stores it: one batch. */
  customerWrites(customer: string, text: string, options?: WriteOptions): Promise<string>;
  read(customer: string): Promise<State>;
}

export interface WriteOptions {
  /** By the provider's clock, in Unix milliseconds. */
  readonly at?: number;
  readonly providerId?: string;
  /** @default "text" */
  readonly kind?: MessageKind;
}

/** Everything the store holds about one conversation. */
export interface State {
  readonly conversation: Conversation;
  /** By time. */
  readonly messages: Message[];
  readonly rows: OutboxRow[];
  readonly logs: FirebaseFirestore.DocumentData[];
  readonly modelCalls: FirebaseFirestore.DocumentData[];
}

/** The worker with a real store, a recording provider and a scripted model. The clock moves only when told. */
export function createWorld(db: Firestore): World {
  const provider: FakeProvider = { sent: [], seen: [], results: [], proves: true };
  const asked: AnswerRequest[] = [];
  const jobs: ReplyJob[] = [];
  const mediaJobs: MediaJob[] = [];
  const queues = {
    replies: { publish: async (job: ReplyJob) => void jobs.push(job) },
    media: { publish: async (job: MediaJob) => void mediaJobs.push(job) },
  };
  let tokens = 0;
  const now = () => world.now;
  const channels = fakeChannels(db, provider);
  const world: World = {
    db,
    provider,
    asked,
    jobs,
    mediaJobs,
    queues,
    now: START,
    answer: async () => reply(`Resposta ${asked.length}`),
    customerWrites: (customer, text, options) => persist(db, world.now, customer, text, options),
    read: (customer) => readState(db, conversationId("whatsapp", customer)),
    deps: {
      openFile: (attachment) => fakeFile(attachment),
      now,
      channels,
      log: pino({ level: "silent" }),
      store: createReplyStore(db, channels, now),
      outbox: createOutboxStore(db, now),
      pause: async (ms) => {
        world.now += ms;
      },
      newToken: () => {
        tokens += 1;
        return `token-${tokens}`;
      },
      replies: queues.replies,
      facts: async ({ userId }) => [`Fato sobre ${userId}`],
      assistant: {
        answer: (request) => {
          asked.push(request);
          return world.answer(request);
        },
      },
    },
  };
  return world;
}

const CALL = { prompt: "p", model: "modelo", promptTokens: 10, responseTokens: 5, latencyMs: 700 } as const;

export function reply(text: string): Answer {
  return { outcome: "reply", text, language: "pt", log: { ...CALL, response: text, outcome: "reply" } };
}

export function handoff(text: string): Answer {
  return {
    ...reply(text),
    outcome: "handoff",
    reason: "asked_for_person",
    log: { ...CALL, response: text, outcome: "handoff" },
  };
}

export function fallback(text: string): Answer {
  return { ...reply(text), outcome: "fallback", failure: "quota", log: { ...CALL, response: "", outcome: "quota" } };
}

let serial = 0;

async function persist(
  db: Firestore,
  now: number,
  customer: string,
  text: string,
  options: WriteOptions = {},
): Promise<string> {
  serial += 1;
  const at = options.at ?? now;
  const providerId = options.providerId ?? `wamid.in.${serial}`;
  const id = messageId("whatsapp", ACCOUNT, providerId);
  const conversation = conversationId("whatsapp", customer);
  const batch = db.batch();
  const message: Message = {
    id,
    conversationId: conversation,
    channel: "whatsapp",
    sender: customer,
    senderType: "cliente",
    text,
    timestamp: Timestamp.fromMillis(at),
    isAutomation: false,
    metadata: { phone_number_id: ACCOUNT },
    createdAt: new Timestamp(Math.floor(now / 1_000), (now % 1_000) * 1_000_000 + (serial % 1_000) * 1_000),
    providerId,
    status: "received",
    kind: options.kind ?? "text",
  };
  batch.create(db.collection(COLLECTIONS.messages).doc(id), message);
  batch.set(
    db.collection(COLLECTIONS.conversations).doc(conversation),
    {
      id: conversation,
      channel: "whatsapp",
      participants: [customer, BOT_ID],
      contact: { name: "Cliente de exemplo", phone: customer },
      account: ACCOUNT,
      lastMessage: text,
      lastMessageAt: Timestamp.fromMillis(at),
      lastMessageSender: customer,
      lastInboundAt: Timestamp.fromMillis(at),
      windowExpiresAt: Timestamp.fromMillis(at + WINDOW_MS),
      status: "active",
      updatedAt: Timestamp.fromMillis(now),
      inboundCount: FieldValue.increment(1),
      unread: FieldValue.increment(1),
      awaitingReply: true,
    },
    { merge: true },
  );
  await batch.commit();
  return id;
}

async function readState(db: Firestore, id: string): Promise<State> {
  const of = (collection: string) => db.collection(collection).where("conversationId", "==", id).get();
  const [conversation, messages, rows, logs, modelCalls] = await Promise.all([
    db.collection(COLLECTIONS.conversations).doc(id).get(),
    of(COLLECTIONS.messages),
    of(COLLECTIONS.outbox),
    of(COLLECTIONS.omniLogs),
    of(COLLECTIONS.iaLogs),
  ]);
  const byTime = (a: Message, b: Message) => a.timestamp.toMillis() - b.timestamp.toMillis();
  return {
    conversation: conversation.data() as Conversation,
    messages: messages.docs.map((document) => document.data() as Message).sort(byTime),
    rows: rows.docs.map((document) => document.data() as OutboxRow),
    logs: logs.docs.map((document) => document.data()),
    modelCalls: modelCalls.docs.map((document) => document.data()),
  };
}

function fakeFile({ type, mimeType = "", size = 0, object = "" }: Attachment): OutboundFile {
  const kind = type === "video" || type === "audio" || type === "document" ? type : "image";
  return {
    kind,
    mimeType,
    size,
    link: () => `https://files.example.com/${object}`,
    bytes: async () => Readable.from([]),
  };
}
