import { initializeApp } from "firebase-admin/app";
import { type Firestore, getFirestore } from "firebase-admin/firestore";
import { DEFAULT_SETTINGS, TRIGGERS } from "../../app/automation/index.ts";
import type { LocalCloudHandle } from "../../local/cloud.ts";
import { startMeta } from "../../tests/support/automation/meta.ts";
import { runElsewhere, seedConversations } from "../../tests/support/automation/scene.ts";
import type { WorkerReport } from "../../tests/support/automation/worker.ts";
import type { Effort, Row } from "../support/row.ts";

const MEGABYTE = 1024 * 1024;
/** What two runs of the same work differ by anyway. */
const FLAT_MEGABYTES = 40;

/**
 * One run of the automations in a process of its own, over a hundredth of the conversations and over all of them, with as
 * many due: what it reads and what it holds in memory depend on what is due alone.
 */
export async function automationRows(handle: LocalCloudHandle, effort: Effort): Promise<Row[]> {
  process.env.FIRESTORE_EMULATOR_HOST = handle.outputs.firestoreHost;
  process.env.METADATA_SERVER_DETECTION = "none";
  const all = effort.quick ? 5_000 : 100_000;
  const due = effort.quick ? 50 : 1_000;
  const few = await runOver(all / 100, Math.min(due, all / 100));
  const many = await runOver(all, due);
  const page = DEFAULT_SETTINGS.pageSize;
  const read = many.reads.queried + many.reads.looked;
  const sent = many.summary.triggers.followup_48h?.sent ?? 0;
  if (sent !== due) throw new Error(`${sent} of ${due} follow-ups were sent.`);
  const growth = Math.round((many.maxRss - few.maxRss) / MEGABYTE);
  const seconds = (many.tookMs / 1000).toFixed(1);
  const named = (count: number) => count.toLocaleString("en");
  return [
    {
      what: `automation run, ${named(all)} conversations, ${named(due)} due: documents read, each send's own among them`,
      bar: `≤ ${named(due + TRIGGERS.length * page)} (due + one page a trigger)`,
      measured: `${named(read)}; ${seconds} s`,
      holds: read <= due + TRIGGERS.length * page,
    },
    {
      what: `… peak memory with ${named(all)} conversations, more than with ${named(all / 100)}`,
      bar: `≤ ${FLAT_MEGABYTES} MB`,
      measured: `${growth} MB (${Math.round(few.maxRss / MEGABYTE)} to ${Math.round(many.maxRss / MEGABYTE)} MB)`,
      holds: growth <= FLAT_MEGABYTES,
    },
  ];
}

async function runOver(all: number, due: number): Promise<WorkerReport> {
  const projectId = `demo-automation-${all}`;
  const db: Firestore = getFirestore(initializeApp({ projectId }, projectId));
  await seedConversations(db, all, due);
  const meta = await startMeta(db);
  try {
    const report = await runElsewhere(db, meta);
    if (!report) throw new Error("The run of the automations ended early.");
    return report;
  } finally {
    await meta.close();
    await db.terminate();
  }
}
