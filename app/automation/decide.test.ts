import { Timestamp } from "firebase-admin/firestore";
import { describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "./settings.ts";
import { ageOf, decideOn, inWords, NOON, type Situation, USER, whatsApp } from "./testing/situations.ts";
import { HOUR_MS, SKIP_REASONS } from "./trigger.ts";

type Row = readonly [name: string, situation: Situation, expected: string];

const iso = (at: number) => new Date(at).toISOString();
const at = (ms: number) => Timestamp.fromMillis(ms);
const proposta = "followup_proposta";
const pagamento = "followup_pagamento";
const onboarding = "followup_onboarding";
const silence = "followup_48h";
const recruiting = "followup_prospector_recrutamento";
const webchat = `send new_webchat webchat_${USER}`;

const CONDITIONS: readonly Row[] = [
  [
    "a customer who was silent for a second too few",
    { trigger: silence, since: NOON - ageOf(silence) + 1000 },
    "skip not_due",
  ],
  [
    "a customer who wrote last is not silent",
    { trigger: silence, entity: { lastMessageSender: "visitante-1" } },
    "skip changed",
  ],
  ["a closed conversation", { trigger: silence, entity: { status: "closed" } }, "skip closed"],
  ["a person has the conversation", { trigger: silence, entity: { mode: "human" } }, "skip human_mode"],
  ["a proposal that was accepted", { trigger: proposta, entity: { status: "aceita" } }, "skip changed"],
  ["a payment that was made", { trigger: pagamento, entity: { status: "paid" } }, "skip changed"],
  ["a user who has finished", { trigger: onboarding, entity: { onboardingCompleted: true } }, "skip changed"],
  ["an administrator needs no first steps", { trigger: onboarding, entity: { userType: "admin" } }, "skip changed"],
  ["a lead that moved on", { trigger: recruiting, entity: { status: "negociando" } }, "skip changed"],
  [
    "the last word was an automation's own",
    {
      trigger: silence,
      entity: {
        lastAutomation: { at: at(NOON - 49 * HOUR_MS), sendId: "another-send" },
        lastMessageAt: at(NOON - 49 * HOUR_MS),
      },
    },
    "skip after_automation",
  ],
  [
    "exactly seven days late",
    { trigger: proposta, since: NOON - ageOf(proposta) - DEFAULT_SETTINGS.latestMs },
    webchat,
  ],
  [
    "a second more than seven days late",
    { trigger: proposta, since: NOON - ageOf(proposta) - DEFAULT_SETTINGS.latestMs - 1000 },
    "skip too_late",
  ],
];

const BAD_INPUT: readonly Row[] = [
  ["a conversation without a channel", { trigger: silence, entity: { channel: undefined } }, "skip incomplete"],
  ["a conversation on an unknown channel", { trigger: silence, entity: { channel: "telegram" } }, "skip incomplete"],
  ["a last message at no time", { trigger: silence, entity: { lastMessageAt: null } }, "skip incomplete"],
  ["a contact that is a text", { trigger: silence, entity: { contact: "x" } }, "send chat webchat_visitante-1"],
  ["a proposal without its job's id", { trigger: proposta, entity: { jobId: undefined } }, "skip incomplete"],
  ["a job id that is a path", { trigger: proposta, entity: { jobId: "a/b" } }, "skip incomplete"],
  ["a job that was deleted", { trigger: proposta, related: null }, "skip gone"],
  ["a job without a title", { trigger: proposta, related: { title: "  " } }, "skip incomplete"],
  ["a job without a client", { trigger: proposta, related: { clientId: 7 } }, "skip incomplete"],
  ["an amount that is a text", { trigger: pagamento, entity: { amount: "150,00" } }, "skip incomplete"],
  ["an amount of nothing", { trigger: pagamento, entity: { amount: 0 } }, "skip incomplete"],
  ["a negative amount", { trigger: pagamento, entity: { amount: -5 } }, "skip incomplete"],
  ["an amount that is not a number", { trigger: pagamento, entity: { amount: Number.NaN } }, "skip incomplete"],
  ["an infinite amount", { trigger: pagamento, entity: { amount: Number.POSITIVE_INFINITY } }, "skip incomplete"],
  ["a payment without a client", { trigger: pagamento, entity: { clientId: undefined } }, "skip incomplete"],
  ["a user type that does not exist", { trigger: onboarding, entity: { userType: "rei" } }, webchat],
  ["a lead without an address", { trigger: recruiting, entity: { email: undefined } }, "skip incomplete"],
  ["a lead with half an address", { trigger: recruiting, entity: { email: "prospect@" } }, "skip incomplete"],
  ["a date before the platform", { trigger: proposta, entity: { createdAt: at(0) } }, "skip absurd_date"],
  [
    "a date in the next century",
    { trigger: proposta, entity: { createdAt: at(Date.UTC(2126, 0, 1)) } },
    "skip absurd_date",
  ],
  ["a date that is none", { trigger: pagamento, entity: { createdAt: "amanhã" } }, "skip incomplete"],
  ["a date as ISO text", { trigger: pagamento, entity: { createdAt: iso(NOON - 13 * HOUR_MS) } }, webchat],
  ["a date as milliseconds", { trigger: pagamento, entity: { createdAt: NOON - 13 * HOUR_MS } }, webchat],
  ["a date as seconds", { trigger: pagamento, entity: { createdAt: (NOON - 13 * HOUR_MS) / 1000 } }, webchat],
  ["a user who was deleted", { trigger: pagamento, user: null }, "skip no_user"],
  [
    "a linked user who was deleted",
    { trigger: silence, user: null, entity: { contact: { userId: USER } } },
    "skip no_user",
  ],
  ["a visitor who never had an account", { trigger: silence, user: null }, "send chat webchat_visitante-1"],
];

const OPTED_OUT: readonly Row[] = [
  ["by the platform's field, chat", { trigger: silence, user: { optOutAutomations: true } }, "skip opted_out"],
  ["by the platform's field, proposal", { trigger: proposta, user: { optOutAutomations: true } }, "skip opted_out"],
  ["by the platform's field, payment", { trigger: pagamento, user: { optOutAutomations: true } }, "skip opted_out"],
  [
    "by the platform's field, first steps",
    { trigger: onboarding, user: { optOutAutomations: true } },
    "skip opted_out",
  ],
  ["by the link in an e-mail", { trigger: recruiting, user: { optOutAutomations: true } }, "skip opted_out"],
  ["in the conversation", { trigger: silence, entity: { contact: { optOut: true } } }, "skip opted_out"],
  [
    "in another conversation of the same user",
    { trigger: pagamento, conversations: [whatsApp(NOON, { contact: { optOut: true } })] },
    "skip opted_out",
  ],
  ["a field of a wrong type is no opt-out", { trigger: pagamento, user: { optOutAutomations: "sim" } }, webchat],
];

const DAY = 24 * HOUR_MS;
const PAUSES: readonly Row[] = [
  [
    "a second before the day is over",
    { trigger: pagamento, lastForUser: NOON - DAY + 1000 },
    `defer recent_automation ${iso(NOON + 1000)}`,
  ],
  ["as the day is over", { trigger: pagamento, lastForUser: NOON - DAY }, webchat],
  [
    "one in another conversation counts",
    {
      trigger: pagamento,
      conversations: [whatsApp(NOON, { lastAutomation: { at: at(NOON - HOUR_MS), sendId: "x" } })],
    },
    `defer recent_automation ${iso(NOON + 23 * HOUR_MS)}`,
  ],
  [
    "one that never left does not",
    {
      trigger: pagamento,
      conversations: [whatsApp(NOON, { lastAutomation: { at: at(NOON - HOUR_MS), sendId: "x", failed: true } })],
    },
    webchat,
  ],
  [
    "its own, on a way that did not work, does not",
    {
      trigger: pagamento,
      conversations: [whatsApp(NOON, { lastAutomation: { at: at(NOON - HOUR_MS), sendId: "this-send" } })],
    },
    webchat,
  ],
];

/** Local times in São Paulo, three hours behind UTC. */
const night = (hour: number, minute: number, second: number) => Date.UTC(2026, 10, 23, hour + 3, minute, second);
const QUIET: readonly Row[] = [
  ["20:59:59", { trigger: pagamento, now: night(20, 59, 59) }, webchat],
  ["21:00:00", { trigger: pagamento, now: night(21, 0, 0) }, `defer quiet_hours ${iso(night(32, 0, 0))}`],
  ["midnight", { trigger: pagamento, now: night(24, 0, 0) }, `defer quiet_hours ${iso(night(32, 0, 0))}`],
  ["7:59:59", { trigger: pagamento, now: night(31, 59, 59) }, `defer quiet_hours ${iso(night(32, 0, 0))}`],
  ["8:00:00", { trigger: pagamento, now: night(32, 0, 0) }, webchat],
  [
    "21:30 in São Paulo is 19:30 in Rio Branco",
    { trigger: pagamento, now: night(21, 30, 0), user: { timeZone: "America/Rio_Branco" } },
    webchat,
  ],
  [
    "noon in São Paulo is midnight in Tokyo",
    { trigger: pagamento, user: { timezone: "Asia/Tokyo" } },
    `defer quiet_hours ${iso(Date.UTC(2026, 10, 23, 23))}`,
  ],
  ["a time zone that does not exist", { trigger: pagamento, user: { timeZone: "Marte/Olympus" } }, webchat],
  [
    "a lead's own time zone",
    { trigger: recruiting, user: null, entity: { timeZone: "Asia/Tokyo" } },
    `defer quiet_hours ${iso(Date.UTC(2026, 10, 23, 23))}`,
  ],
  [
    "the night in which the clocks go forward is an hour shorter",
    { trigger: pagamento, now: Date.UTC(2026, 2, 8, 2), user: { timeZone: "America/New_York" } },
    `defer quiet_hours ${iso(Date.UTC(2026, 2, 8, 12))}`,
  ],
  [
    "the night in which they go back is an hour longer",
    { trigger: pagamento, now: Date.UTC(2026, 10, 1, 1), user: { timeZone: "America/New_York" } },
    `defer quiet_hours ${iso(Date.UTC(2026, 10, 1, 13))}`,
  ],
];

const closed = { lastInboundAt: at(NOON - 25 * HOUR_MS) };
const template = { name: "pagamento_pendente", language: "pt_BR", parameters: ["valor"] };
const preferWhatsApp = { preferredChannel: "whatsapp" };
const messenger = {
  id: "facebook_24000000000001",
  channel: "facebook",
  status: "active",
  lastInboundAt: at(NOON - HOUR_MS),
};
const chat = { id: `webchat_${USER}`, channel: "webchat", status: "active" };
const WAYS: readonly Row[] = [
  [
    "the preferred channel, window open",
    { trigger: pagamento, user: preferWhatsApp, conversations: [whatsApp(NOON)] },
    "send chat whatsapp_5511900000001",
  ],
  [
    "a second before the window closes",
    {
      trigger: pagamento,
      user: preferWhatsApp,
      conversations: [whatsApp(NOON, { lastInboundAt: at(NOON - DAY + 1000) })],
    },
    "send chat whatsapp_5511900000001",
  ],
  [
    "as it closes: the template",
    {
      trigger: pagamento,
      user: preferWhatsApp,
      template,
      conversations: [whatsApp(NOON, { lastInboundAt: at(NOON - DAY) })],
    },
    "send chat whatsapp_5511900000001 pagamento_pendente",
  ],
  [
    "no template: the user's other conversation",
    { trigger: pagamento, user: preferWhatsApp, conversations: [whatsApp(NOON, closed), messenger] },
    "send chat facebook_24000000000001 (no_template)",
  ],
  [
    "a template that needs what the message does not have",
    {
      trigger: pagamento,
      user: preferWhatsApp,
      template: { ...template, parameters: ["cupom"] },
      conversations: [whatsApp(NOON, closed)],
    },
    `send email ${USER} (no_template)`,
  ],
  [
    "none open: e-mail",
    { trigger: pagamento, user: preferWhatsApp, conversations: [whatsApp(NOON, closed)] },
    `send email ${USER} (no_template)`,
  ],
  [
    "no e-mail either: a person",
    { trigger: pagamento, user: preferWhatsApp, conversations: [whatsApp(NOON, closed)], emailReady: false },
    "task no_template",
  ],
  [
    "Messenger takes no template",
    {
      trigger: pagamento,
      user: { preferredChannel: "facebook" },
      template,
      conversations: [{ ...messenger, ...closed }],
    },
    `send email ${USER} (window_closed)`,
  ],
  [
    "Instagram takes no template",
    {
      trigger: pagamento,
      user: { preferredChannel: "instagram" },
      emailReady: false,
      conversations: [{ ...messenger, ...closed, channel: "instagram" }],
    },
    "task window_closed",
  ],
  [
    "a preferred channel without a conversation",
    { trigger: pagamento, user: preferWhatsApp },
    `send email ${USER} (not_connected)`,
  ],
  ["e-mail by choice", { trigger: pagamento, user: { preferredChannel: "email" } }, `send email ${USER}`],
  ["a choice that does not exist", { trigger: pagamento, user: { preferredChannel: "pombo" } }, webchat],
  ["a web chat that exists", { trigger: pagamento, conversations: [chat] }, `send chat webchat_${USER}`],
  [
    "a person in the preferred conversation",
    { trigger: pagamento, conversations: [{ ...chat, mode: "human" }] },
    "skip human_mode",
  ],
  [
    "a person in another one: that one is left alone",
    {
      trigger: pagamento,
      user: preferWhatsApp,
      conversations: [whatsApp(NOON, closed), { ...messenger, mode: "human" }],
    },
    `send email ${USER} (no_template)`,
  ],
  [
    "a closed conversation is not opened again",
    { trigger: pagamento, conversations: [{ ...chat, status: "closed" }] },
    `send email ${USER} (conversation_closed)`,
  ],
  [
    "silence on WhatsApp without a way",
    { trigger: silence, user: null, entity: { channel: "whatsapp" } },
    "task no_template",
  ],
  [
    "silence on WhatsApp with a template",
    { trigger: silence, user: null, entity: { channel: "whatsapp" }, template: { ...template, parameters: [] } },
    "send chat webchat_visitante-1 pagamento_pendente",
  ],
  ["silence on Messenger", { trigger: silence, user: null, entity: { channel: "facebook" } }, "task window_closed"],
  [
    "a way that did not work",
    { trigger: pagamento, conversations: [chat], tried: [`webchat_${USER}`] },
    `send email ${USER} (way_failed)`,
  ],
  [
    "no way that worked",
    { trigger: pagamento, conversations: [chat], tried: [`webchat_${USER}`, "email"] },
    "task way_failed",
  ],
  ["a lead whose e-mail was refused", { trigger: recruiting, user: null, tried: ["email"] }, "task way_failed"],
  ["no e-mail service", { trigger: recruiting, user: null, emailReady: false }, "task email_off"],
  [
    "a broken channel: later",
    { trigger: pagamento, user: preferWhatsApp, conversations: [whatsApp(NOON)], down: { whatsapp: NOON + 60_000 } },
    `defer channel_down ${iso(NOON + 60_000)}`,
  ],
  [
    "a broken e-mail service: later",
    { trigger: recruiting, user: null, down: { email: NOON + 60_000 } },
    `defer email_down ${iso(NOON + 60_000)}`,
  ],
];

const TABLES: readonly (readonly [string, readonly Row[]])[] = [
  ["the condition", CONDITIONS],
  ["documents that are not as they should be", BAD_INPUT],
  ["who wants no automations", OPTED_OUT],
  ["one automation in 24 hours", PAUSES],
  ["quiet hours", QUIET],
  ["the way", WAYS],
];

describe.each(TABLES)("%s", (_group, rows) => {
  test.each(rows)("%s", (_name, situation, expected) => {
    expect(inWords(decideOn(situation))).toBe(expected);
  });
});

test.each(SKIP_REASONS)("%s has its row", (reason) => {
  const expected = TABLES.flatMap(([, rows]) => rows.map(([, , outcome]) => outcome));
  expect(expected).toContain(`skip ${reason}`);
});
