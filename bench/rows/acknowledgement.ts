import { initializeApp } from "firebase-admin/app";
import { getFirestore } from "firebase-admin/firestore";
import { COLLECTIONS } from "../../app/conversations/model.ts";
import type { LocalCloudHandle } from "../../local/cloud.ts";
import { type LoadReport, openModel } from "../support/open-model.ts";
import { whatsappDelivery } from "../support/payload.ts";
import { type Effort, milliseconds, type Row } from "../support/row.ts";

const RATE = 100;
const FIRST_CUSTOMER = 5511910000000;

/**
 * The shipped function on the functions framework, with both emulators, at a fixed arrival rate. The workers are left
 * out: in the cloud they are other machines, here they would take the two cores that are being measured.
 */
export async function acknowledgementRows(handle: LocalCloudHandle, effort: Effort): Promise<Row[]> {
  const { outputs } = handle;
  await handle.supervisor.stop("servio-api");
  const pubsub = `http://${outputs.pubsubHost}/v1/projects/${outputs.project}`;
  await removeSubscriptions(pubsub);
  await subscribe(pubsub);

  let sent = 0;
  const delivery = () => {
    sent += 1;
    return whatsappDelivery(outputs.secrets.META_APP_SECRET, `ack-${sent}`, String(FIRST_CUSTOMER + (sent % 1000)));
  };
  const load = (rate: number, seconds: number): Promise<LoadReport> =>
    openModel({ url: outputs.webhookUrls.whatsapp, rate, seconds, delivery });
  // The first thousand calls compile the emulators, which are Java programs; what counts comes after.
  await load(RATE / 4, effort.quick ? 10 : 20);
  await load(RATE, effort.quick ? 3 : 10);
  const report = await load(RATE, effort.quick ? 10 : 60);
  const stored = await countMessages(outputs.firestoreHost, outputs.project);
  const queued = await countQueued(pubsub);
  // A store that answered too late may hold what was queued as well.
  const lost = Math.max(0, sent - stored - queued);
  if (lost > 0) throw new Error(`${lost} of ${sent} messages are neither stored nor queued.`);
  const refused = report.due - (report.byStatus["200"] ?? 0);
  const numbers = `p50 ${milliseconds(report.p50)}, p99 ${milliseconds(report.p99)}, max ${milliseconds(report.max)}`;
  return [
    {
      what: `webhook acknowledged, both emulators, ${RATE}/s for ${report.due / RATE} s`,
      bar: "p50 ≤ 20 ms, p99 ≤ 75 ms, max ≤ 500 ms",
      measured: numbers,
      holds: report.p50 <= 20 && report.p99 <= 75 && report.max <= 500,
    },
    {
      what: "… of which lost, or refused",
      bar: "none",
      measured: `0 of ${sent} lost (${queued} queued, to be stored later), ${refused} not answered 200`,
      holds: refused === 0,
    },
  ];
}

/** Nobody works on the queues while acknowledgements are measured. */
async function removeSubscriptions(pubsub: string): Promise<void> {
  const listed = (await (await fetch(`${pubsub}/subscriptions`)).json()) as { subscriptions?: { name: string }[] };
  for (const { name } of listed.subscriptions ?? []) {
    await fetch(`${pubsub}/subscriptions/${name.split("/").at(-1)}`, { method: "DELETE" });
  }
}

const FALLBACK = "bench-fallback";

/** What the store was too slow for waits in the fallback queue: acknowledged, late, and not lost. */
async function subscribe(pubsub: string): Promise<void> {
  const listed = (await (await fetch(`${pubsub}/topics`)).json()) as { topics?: { name: string }[] };
  const topic = listed.topics?.find(({ name }) => name.includes("fallback"))?.name;
  if (topic === undefined) throw new Error("The stack has no fallback topic.");
  await callPubSub(`${pubsub}/subscriptions/${FALLBACK}`, "PUT", { topic, ackDeadlineSeconds: 600 });
}

async function countQueued(pubsub: string): Promise<number> {
  for (let queued = 0; ; ) {
    const url = `${pubsub}/subscriptions/${FALLBACK}:pull`;
    const answer = await callPubSub(url, "POST", { maxMessages: 1000, returnImmediately: true });
    const { receivedMessages = [] } = answer as { receivedMessages?: unknown[] };
    if (receivedMessages.length === 0) return queued;
    queued += receivedMessages.length;
  }
}

async function callPubSub(url: string, method: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

async function countMessages(host: string, project: string): Promise<number> {
  process.env.FIRESTORE_EMULATOR_HOST = host;
  process.env.METADATA_SERVER_DETECTION = "none";
  const db = getFirestore(initializeApp({ projectId: project }, "bench"));
  const found = await db.collection(COLLECTIONS.messages).count().get();
  return found.data().count;
}
