import { expect, test } from "vitest";
import type { ChannelHealth } from "../../../app/health/model.ts";
import { HOUR, MINUTE, NOON } from "../testing/examples.ts";
import { readHealth } from "./read-health.ts";

/** As Firestore hands out a time. */
type Time = ChannelHealth["since"];
const time = (millis: number) => ({ toMillis: () => millis }) as Time;

/** The probe's own type: what it writes and what is read here cannot drift apart unseen. */
const DOWN: ChannelHealth = {
  channel: "whatsapp",
  status: "offline",
  since: time(NOON - HOUR),
  checkedAt: time(NOON - MINUTE),
  nextCheckAt: time(NOON + 4 * MINUTE),
  failures: 12,
  checks: [
    { name: "token", state: "ok" },
    { name: "subscription", state: "failed", code: "not_subscribed", advice: "Inscreva o app." },
  ],
  reason: { code: "not_subscribed", advice: "Inscreva o app." },
  lastInboundAt: time(NOON - 2 * HOUR),
  lastOutboundAt: time(NOON - 3 * HOUR),
  errorRate: { share: 0.25, of: 8 },
  account: { name: "+5511400000000", tokenExpiresAt: null, quality: "YELLOW", limitTier: "TIER_10K" },
  notified: { kind: "offline", at: time(NOON - HOUR), by: ["email", "slack"] },
  history: [
    { status: "offline", at: time(NOON - HOUR), reason: "not_subscribed" },
    { status: "online", at: time(NOON - 9 * HOUR) },
  ],
};

test("what the probe writes is what the page shows", () => {
  expect(readHealth("whatsapp", { ...DOWN })).toEqual({
    channel: "whatsapp",
    state: "offline",
    since: NOON - HOUR,
    reason: "Inscreva o app.",
    reasonCode: "not_subscribed",
    errorRate: 0.25,
    webhookOk: false,
    lastInboundAt: NOON - 2 * HOUR,
    lastOutboundAt: NOON - 3 * HOUR,
    checkedAt: NOON - MINUTE,
    nextCheckAt: NOON + 4 * MINUTE,
    notified: ["slack", "email"],
    account: { name: "+5511400000000", tokenExpiresAt: null, quality: "YELLOW", limitTier: "10K" },
    history: [
      { at: NOON - 9 * HOUR, state: "online" },
      { at: NOON - HOUR, state: "offline", reason: "not_subscribed" },
    ],
    notices: [],
  });
});

test("an outage that is over names nobody who was told of it", () => {
  expect(readHealth("whatsapp", { ...DOWN, status: "online" })).not.toHaveProperty("notified");
});

test("a channel without sends has no error rate", () => {
  expect(readHealth("whatsapp", { ...DOWN, errorRate: { share: 0, of: 0 } })).not.toHaveProperty("errorRate");
});

test("the services behind are no channels; an odd document is one that nobody has looked at", () => {
  expect(readHealth("assistant", { ...DOWN, channel: "assistant" })).toBeUndefined();
  const odd = { status: 7, checks: "x", history: [null, { status: "offline" }], notified: [], account: "x" };
  expect(readHealth("webchat", odd)).toEqual({ channel: "webchat", state: "unknown", history: [], notices: [] });
});
