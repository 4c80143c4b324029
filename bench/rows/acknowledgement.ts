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
  await removeSubscriptions(outputs.pubsubHost, outputs.project);

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
  const lost = sent - stored;
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
      what: "… of which lost or refused",
      bar: "none",
      measured: `${lost} of ${sent} not stored, ${refused} not answered 200`,
      holds: lost === 0 && refused === 0,
    },
  ];
}

async function removeSubscriptions(host: string, project: string): Promise<void> {
  const base = `http://${host}/v1`;
  const listed = (await (await fetch(`${base}/projects/${project}/subscriptions`)).json()) as {
    subscriptions?: { name: string }[];
  };
  for (const { name } of listed.subscriptions ?? []) await fetch(`${base}/${name}`, { method: "DELETE" });
}

async function countMessages(host: string, project: string): Promise<number> {
  process.env.FIRESTORE_EMULATOR_HOST = host;
  process.env.METADATA_SERVER_DETECTION = "none";
  const db = getFirestore(initializeApp({ projectId: project }, "bench"));
  const found = await db.collection(COLLECTIONS.messages).count().get();
  return found.data().count;
}
