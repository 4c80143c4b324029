import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import type { Firestore } from "firebase-admin/firestore";
import pino from "pino";
import { createParsers } from "../../../app/channels/index.ts";
import { serveWebhooks } from "../../../app/http/routes/webhook.ts";
import { createInboundStore, createReceive, expressHandlers, firestoreStore } from "../../../app/inbound/index.ts";
import { startSimulators } from "../../../local/simulators/index.ts";
import type { Sent } from "../../../local/simulators/world.ts";

/**
 * The simulated Meta, and our own webhook receiver that it reports to, beside a database: what the automations send to
 * when they run in processes that a test ends. Receipts reach the store whether or not the sender lives to hear the answer.
 */
export interface SimulatedMeta {
  readonly graphBaseUrl: string;
  /** Everything that Meta took for WhatsApp customers, in order. */
  sent(): Promise<Sent[]>;
  /** Waits until Meta has taken so many in all, at most so long. */
  until(count: number): Promise<void>;
  close(): Promise<void>;
}

export const PHONE_ID = "100000000000001";
const SECRET = "segredo-de-exemplo";
const VERIFY = "verificacao-de-exemplo";
/** A run that makes no progress for this long is what the test itself has to complain about. */
const LONGEST_WAIT_MS = 60_000;

export async function startMeta(db: Firestore): Promise<SimulatedMeta> {
  const receiver = await startReceiver(db);
  const simulators = await startSimulators({ port: 0, host: "127.0.0.1" });
  const hook = (channel: string) => `${receiver.url}/api/omni/webhook/${channel}`;
  await simulators.connect({
    appSecret: SECRET,
    verifyToken: VERIFY,
    webhookUrls: { whatsapp: hook("whatsapp"), instagram: hook("instagram"), facebook: hook("facebook") },
    accounts: { whatsapp: PHONE_ID, instagram: "170000000000001", facebook: "110000000000001" },
  });
  const sent = async (query = ""): Promise<Sent[]> => {
    const response = await fetch(`${simulators.url}/control/sent?channel=whatsapp${query}`);
    return ((await response.json()) as { sent: Sent[] }).sent;
  };
  return {
    graphBaseUrl: simulators.graphBaseUrl,
    sent,
    until: async (count) => {
      await sent(`&atLeast=${count}&timeoutMs=${LONGEST_WAIT_MS}`);
    },
    close: async () => {
      await simulators.close();
      await receiver.close();
    },
  };
}

async function startReceiver(db: Firestore) {
  const app = express();
  const receive = createReceive({
    parsers: createParsers(),
    appSecrets: [SECRET],
    verifyTokens: [VERIFY],
    store: createInboundStore(firestoreStore(db)),
    // Nobody writes, so nothing is queued; what the store is too slow for, Meta delivers again.
    replies: { publish: async () => undefined },
    media: { publish: async () => undefined },
    fallback: { publish: () => Promise.reject(new Error("There is no queue here.")) },
    log: pino({ level: "silent" }),
  });
  serveWebhooks(app, expressHandlers(receive));
  const server = createServer(app);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
