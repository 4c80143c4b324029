import { type DocumentData, type Firestore, Timestamp } from "firebase-admin/firestore";
import pino from "pino";
import type { Channel, MetaChannelName, OutboundText, SendResult } from "../../channels/channel.ts";
import { sendingWindow } from "../../channels/window.ts";
import { BOT_ID, COLLECTIONS } from "../../conversations/model.ts";
import { createOutboxStore } from "../../conversations/outbox-store.ts";
import type { AutomationDeps } from "../carry-out.ts";
import type { Mail, MailResult } from "../email.ts";
import type { SendRow } from "../model.ts";
import { type RunOptions, runAutomations } from "../run.ts";
import { DEFAULT_SETTINGS } from "../settings.ts";
import type { RunSummary, TriggerSummary } from "../summary.ts";
import { HOUR_MS } from "../trigger.ts";
import { TRIGGERS } from "../triggers/index.ts";
import { NOON } from "./situations.ts";

/** The automations over a real store, with recording stand-ins for the channels and the e-mail service. */
export interface Stage {
  readonly db: Firestore;
  readonly deps: AutomationDeps;
  readonly sent: OutboundText[];
  readonly mails: Mail[];
  /** What the next sends come to; then every one works. */
  readonly results: SendResult[];
  readonly mailResults: MailResult[];
  /** Messages of what was logged. */
  readonly lines: string[];
  now: number;
  run(options?: Partial<RunOptions>): Promise<RunSummary>;
  /** Runs one trigger alone. */
  runOne(name: string, options?: Partial<RunOptions>): Promise<TriggerSummary>;
  put(path: string, data: DocumentData): Promise<void>;
  get(path: string): Promise<DocumentData | undefined>;
  all(collection: string): Promise<DocumentData[]>;
}

export const NEVER_QUIET = { ...DEFAULT_SETTINGS, quiet: { startMinute: 0, endMinute: 0 } };

export function createStage(db: Firestore): Stage {
  const sent: OutboundText[] = [];
  const results: SendResult[] = [];
  const mails: Mail[] = [];
  const mailResults: MailResult[] = [];
  const lines: string[] = [];
  const now = () => stage.now;
  const log = pino({ messageKey: "message" }, { write: (line: string) => lines.push(JSON.parse(line).message) });
  let tokens = 0;
  const channel = (name: MetaChannelName): Channel => ({
    name,
    parse: () => [],
    typing: async () => undefined,
    seen: async () => undefined,
    media: async () => ({ ok: false, gone: true, message: "no files here" }),
    window: (lastInboundAt, at) => sendingWindow(name, lastInboundAt, at),
    send: async (message) => {
      const result = results.shift();
      if (result && !result.ok && result.failure !== "unknown") return result;
      sent.push(message);
      return result ?? { ok: true, providerId: `wamid.${sent.length}`, shortened: false };
    },
  });
  const stage: Stage = {
    db,
    sent,
    mails,
    results,
    mailResults,
    lines,
    now: NOON,
    deps: {
      db,
      log,
      now,
      outbox: createOutboxStore(db, now),
      channels: { whatsapp: channel("whatsapp"), instagram: channel("instagram"), facebook: channel("facebook") },
      email: {
        send: async (mail) => {
          const result = mailResults.shift() ?? { ok: true };
          if (result.ok || result.failure === "unknown") mails.push(mail);
          return result;
        },
      },
      siteUrl: "https://site.example.com",
      publicUrl: "https://omni.example.com",
      secrets: ["segredo-de-exemplo"],
      sleep: async () => undefined,
      newToken: () => `token-${process.pid}-${++tokens}`,
    },
    run: (options) => runAutomations(stage.deps, { settings: DEFAULT_SETTINGS, triggers: TRIGGERS, ...options }),
    runOne: async (name, options) => {
      const triggers = TRIGGERS.filter((trigger) => trigger.name === name);
      const summary = (await stage.run({ triggers, ...options })).triggers[name];
      if (!summary) throw new Error(`There is no trigger ${name}.`);
      return summary;
    },
    put: async (path, data) => {
      await db.doc(path).set(data);
    },
    get: async (path) => (await db.doc(path).get()).data(),
    all: async (collection) => (await db.collection(collection).get()).docs.map((document) => document.data()),
  };
  return stage;
}

export function at(ms: number): Timestamp {
  return Timestamp.fromMillis(ms);
}

/** A WhatsApp conversation in which the bot spoke last, `hours` ago; the customer an hour before it. */
export function silentConversation(customer: string, now: number, hours: number, changes: DocumentData = {}) {
  const id = `whatsapp_${customer}`;
  return {
    id,
    channel: "whatsapp",
    participants: [customer, BOT_ID],
    contact: { phone: customer, name: "Cliente de exemplo" },
    account: "100000000000001",
    lastMessage: "Posso ajudar?",
    lastMessageAt: at(now - hours * HOUR_MS),
    lastMessageSender: BOT_ID,
    lastInboundAt: at(now - (hours + 1) * HOUR_MS),
    status: "active",
    updatedAt: at(now - hours * HOUR_MS),
    inboundCount: 1,
    answeredCount: 1,
    ...changes,
  };
}

/** The approved template of followup_48h. */
export const SILENCE_TEMPLATE = {
  trigger: "followup_48h",
  channel: "whatsapp",
  name: "retomar_conversa",
  language: "pt_BR",
  status: "APPROVED",
  parameters: [],
};

export async function putConversation(stage: Stage, conversation: DocumentData): Promise<void> {
  await stage.put(`${COLLECTIONS.conversations}/${conversation.id}`, conversation);
}

export async function sends(stage: Stage): Promise<SendRow[]> {
  return (await stage.all("automation_sends")) as SendRow[];
}
