import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { initializeApp } from "firebase-admin/app";
import { getFirestore } from "firebase-admin/firestore";
import pino from "pino";
import { DEFAULT_SETTINGS, type RunSummary, runAutomations, TRIGGERS } from "../../../app/automation/index.ts";
import { countReads } from "../../../app/automation/testing/reads.ts";
import { createChannels } from "../../../app/channels/index.ts";
import { createOutboxStore } from "../../../app/conversations/index.ts";
import { PHONE_ID } from "./meta.ts";

/** What a run in a process of its own came to. */
export interface WorkerReport {
  readonly summary: RunSummary;
  /** Peak resident memory of the whole process, in bytes. */
  readonly maxRss: number;
  /** Documents read, as they are billed: by queries, and looked up one by one. */
  readonly reads: { readonly queried: number; readonly looked: number };
  /** From the first read to the last write, in milliseconds. */
  readonly tookMs: number;
}

/**
 * One run of the automations in a process of its own, so that a test can end it anywhere and measure its memory. Sends go
 * to the Graph that the second argument names. Writes `begun`, then its {@link WorkerReport} to stdout.
 */

const [projectId = "", graphBaseUrl = ""] = process.argv.slice(2);
const db = getFirestore(initializeApp({ projectId }));
const now = Date.now;
/** Below the 80 a second that WhatsApp takes from one number, even with two runs at once. */
const PER_SECOND = { whatsapp: 35, instagram: 35, facebook: 35, webchat: 1000, email: 35 };

// From here on the test may end it.
process.stdout.write("begun\n");
const reads = countReads();
const began = now();
const summary = await runAutomations(
  {
    db,
    now,
    outbox: createOutboxStore(db, now),
    channels: createChannels({
      graphBaseUrl,
      graphVersion: "v26.0",
      whatsapp: { token: "exemplo", phoneId: PHONE_ID },
      messenger: { token: "exemplo", pageId: "110000000000001" },
      instagram: { token: "exemplo", accountId: "170000000000001" },
    }),
    log: pino({ level: "silent" }),
    siteUrl: "https://site.example.com",
    publicUrl: "https://omni.example.com",
    secrets: ["segredo-de-exemplo"],
    sleep: (ms) => delay(ms),
    newToken: randomUUID,
  },
  {
    triggers: TRIGGERS,
    settings: {
      ...DEFAULT_SETTINGS,
      quiet: { startMinute: 0, endMinute: 0 },
      // A lease that a killed run leaves behind must not hold up the test; whoever is too slow for it loses nothing.
      leaseMs: 1_500,
      // However slow the machine: what one run reads and takes up is measured, not how far it comes.
      budgetMs: 3_600_000,
    },
    perSecond: PER_SECOND,
  },
);
reads.stop();
const report: WorkerReport = {
  summary,
  maxRss: process.resourceUsage().maxRSS * 1024,
  reads: { queried: reads.queried, looked: reads.looked },
  tookMs: now() - began,
};
process.stdout.write(JSON.stringify(report));
process.exit(0);
