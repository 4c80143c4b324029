import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { initializeApp } from "firebase-admin/app";
import { getFirestore } from "firebase-admin/firestore";
import pino from "pino";
import type { Channel, MetaChannelName } from "../../channels/channel.ts";
import { sendingWindow } from "../../channels/window.ts";
import { createOutboxStore } from "../../conversations/outbox-store.ts";
import { runAutomations } from "../run.ts";
import { DEFAULT_SETTINGS } from "../settings.ts";
import { TRIGGERS } from "../triggers/index.ts";

/**
 * One run of the automations in a process of its own, so that a test can kill it. Sends go to the provider that
 * PROVIDER_URL names. Writes `begun`, then the summary and the most memory it took (bytes) to stdout.
 */

const [projectId = "", provider = ""] = process.argv.slice(2);
const db = getFirestore(initializeApp({ projectId }));
const now = Date.now;

const channel = (name: MetaChannelName): Channel => ({
  name,
  parse: () => [],
  typing: async () => undefined,
  window: (lastInboundAt, at) => sendingWindow(name, lastInboundAt, at),
  send: async (message) => {
    const response = await fetch(provider, { method: "POST", body: message.messageId });
    return { ok: true, providerId: await response.text(), shortened: false };
  },
});

// From here on the test may end it.
process.stdout.write("begun\n");
const summary = await runAutomations(
  {
    db,
    now,
    outbox: createOutboxStore(db, now),
    channels: { whatsapp: channel("whatsapp"), instagram: channel("instagram"), facebook: channel("facebook") },
    log: pino({ level: "silent" }),
    siteUrl: "https://site.example.com",
    publicUrl: "https://omni.example.com",
    secrets: ["segredo-de-exemplo"],
    sleep: (ms) => delay(ms),
    newToken: randomUUID,
  },
  {
    triggers: TRIGGERS,
    // A lease that a killed run leaves behind must not hold up the test; whoever is too slow for it loses nothing.
    settings: { ...DEFAULT_SETTINGS, quiet: { startMinute: 0, endMinute: 0 }, leaseMs: 1_500 },
    perSecond: { whatsapp: 1000, instagram: 1000, facebook: 1000, webchat: 1000, email: 1000 },
  },
);
process.stdout.write(JSON.stringify({ summary, maxRss: process.resourceUsage().maxRSS * 1024 }));
process.exit(0);
