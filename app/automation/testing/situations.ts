import { Timestamp } from "firebase-admin/firestore";
import { BOT_ID } from "../../conversations/model.ts";
import { type Decision, decide } from "../decide.ts";
import { conversationFacts, userFacts } from "../facts.ts";
import { DEFAULT_SETTINGS } from "../settings.ts";
import type { Template } from "../templates.ts";
import { HOUR_MS, type Trigger } from "../trigger.ts";
import { TRIGGERS } from "../triggers/index.ts";

/** Monday, 23 November 2026, noon in São Paulo: nobody sleeps. */
export const NOON = Date.UTC(2026, 10, 23, 15);
export const USER = "cliente@example.com";
const PROSPECT = "prospect@example.com";
const OWN_SEND = "this-send";

type Data = Record<string, unknown>;

/** An entity of each trigger, as the platform writes it, with its time at `since`. */
const ENTITIES: Readonly<Record<string, (since: number) => { id: string; data: Data; related?: Data }>> = {
  followup_48h: (since) => ({
    id: "webchat_visitante-1",
    data: {
      id: "webchat_visitante-1",
      channel: "webchat",
      status: "active",
      lastMessageSender: BOT_ID,
      lastMessageAt: Timestamp.fromMillis(since),
      lastInboundAt: Timestamp.fromMillis(since - 1000),
    },
  }),
  followup_proposta: (since) => ({
    id: "proposta-1",
    data: { status: "enviada", jobId: "job-1", createdAt: Timestamp.fromMillis(since) },
    related: { title: "Pintura da sala", clientId: USER },
  }),
  followup_pagamento: (since) => ({
    id: "escrow-1",
    data: { status: "pending", clientId: USER, amount: 1234.5, createdAt: Timestamp.fromMillis(since) },
  }),
  followup_onboarding: (since) => ({
    id: USER,
    data: { onboardingCompleted: false, userType: "cliente", createdAt: Timestamp.fromMillis(since) },
  }),
  followup_prospector_recrutamento: (since) => ({
    id: "prospect-1",
    data: {
      status: "contatado",
      email: PROSPECT,
      name: "Profissional de exemplo",
      lastContactAt: Timestamp.fromMillis(since),
    },
  }),
};

export interface Situation {
  readonly trigger: string;
  /** When it is decided; Unix milliseconds. @default NOON */
  readonly now?: number;
  /** When the entity's time began. @default exactly one second longer ago than the trigger's age */
  readonly since?: number;
  /** Fields of the entity that differ; `undefined` takes one away. */
  readonly entity?: Data;
  readonly related?: Data | null;
  /** `null`: no such user. */
  readonly user?: Data | null;
  readonly conversations?: readonly Data[];
  readonly template?: Template;
  readonly emailReady?: boolean;
  readonly tried?: readonly string[];
  readonly down?: Readonly<Record<string, number>>;
  readonly lastForUser?: number;
}

export function triggerOf(name: string): Trigger {
  const found = TRIGGERS.find((trigger) => trigger.name === name);
  if (!found) throw new Error(`There is no trigger ${name}.`);
  return found;
}

export function ageOf(name: string): number {
  return triggerOf(name).due.ageMs;
}

/** A WhatsApp conversation of the user's whose window is open, unless told otherwise. */
export function whatsApp(now: number, changes: Data = {}): Data {
  return {
    id: "whatsapp_5511900000001",
    channel: "whatsapp",
    status: "active",
    contact: { phone: "5511900000001" },
    lastInboundAt: Timestamp.fromMillis(now - HOUR_MS),
    ...changes,
  };
}

/** Decides on a situation; what it does not say is as it is on an ordinary day. */
export function decideOn(situation: Situation): Decision {
  const trigger = triggerOf(situation.trigger);
  const now = situation.now ?? NOON;
  const base = ENTITIES[situation.trigger]?.(situation.since ?? now - trigger.due.ageMs - 1000);
  if (!base) throw new Error(`There is no entity for ${situation.trigger}.`);
  const data = without({ ...base.data, ...situation.entity });
  const related = situation.related === null ? undefined : { ...base.related, ...situation.related };
  const own = trigger.channel === "conversation" ? [{ ...data, id: base.id }] : [];
  const conversations = [...own, ...(situation.conversations ?? [])];
  return decide(
    {
      trigger,
      sendId: OWN_SEND,
      examined: trigger.examine({ id: base.id, data, related }, { now, sendId: OWN_SEND }),
      user:
        situation.user === null
          ? undefined
          : userFacts(trigger.channel === "email" ? PROSPECT : USER, situation.user ?? {}),
      conversations: conversations.flatMap((one) => conversationFacts(String(one.id), one) ?? []),
      template: situation.template,
      emailReady: situation.emailReady ?? true,
      tried: situation.tried ?? [],
      down: new Map(Object.entries(situation.down ?? {})) as Map<"email", number>,
      ...(situation.lastForUser !== undefined && { lastForUser: situation.lastForUser }),
    },
    DEFAULT_SETTINGS,
    now,
  );
}

function without(data: Data): Data {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}

/** `send chat webchat_1`, `skip closed`, `defer quiet_hours 2026-11-24T11:00:00.000Z`, `task window_closed`. */
export function inWords(decision: Decision): string {
  switch (decision.action) {
    case "skip":
      return `skip ${decision.reason}`;
    case "defer":
      return `defer ${decision.reason} ${new Date(decision.until).toISOString()}`;
    case "task":
      return `task ${decision.reason}`;
    case "send": {
      const { way } = decision;
      const detour = decision.reason ? ` (${decision.reason})` : "";
      if (way.kind === "email") return `send email ${way.to}${detour}`;
      const template = way.kind === "chat" && way.template ? ` ${way.template.name}` : "";
      return `send ${way.kind} ${way.conversationId}${template}${detour}`;
    }
  }
}
