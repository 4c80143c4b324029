import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Firestore } from "firebase-admin/firestore";
import { SILENCE_TEMPLATE, silentConversation } from "../../../app/automation/testing/stage.ts";
import type { SimulatedMeta } from "./meta.ts";
import type { WorkerReport } from "./worker.ts";

const WORKER = fileURLToPath(new URL("worker.ts", import.meta.url));
/** As in an instance of 512 MiB; without a bound Node would not begin to clear up. */
const HEAP_MEGABYTES = 256;
/** Written before they are confirmed: more would only fill memory. */
const FLUSH_EVERY = 2_000;

/** Most conversations are not due: too young, answered by the customer, or closed. `due` of them are, for `followup_48h`. */
export async function seedConversations(db: Firestore, all: number, due: number): Promise<void> {
  const now = Date.now();
  const writer = db.bulkWriter({ throttling: false });
  void writer.set(db.doc("templates/retomar"), SILENCE_TEMPLATE);
  for (let n = 0; n < all; n += 1) {
    const customer = String(5_511_900_000_000 + n);
    const others = [{}, { lastMessageSender: customer }, { status: "closed" }][n % 3] ?? {};
    const hours = n % 3 === 0 ? 1 + (n % 46) : 49;
    const conversation =
      n < due ? silentConversation(customer, now, 49 + n / due) : silentConversation(customer, now, hours, others);
    void writer.set(db.doc(`conversations/${conversation.id}`), conversation);
    if (n % FLUSH_EVERY === 0) await writer.flush();
  }
  await writer.close();
}

/**
 * Runs the automations once in another process. @param moment when to end it, counted from the run's own beginning
 * @returns undefined when it was ended before it was done
 */
export async function runElsewhere(
  db: Firestore,
  meta: Pick<SimulatedMeta, "graphBaseUrl">,
  moment?: () => Promise<unknown>,
): Promise<WorkerReport | undefined> {
  const { projectId } = db as unknown as { projectId: string };
  const args = [`--max-old-space-size=${HEAP_MEGABYTES}`, WORKER, projectId, meta.graphBaseUrl];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const output: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  const ended = once(child, "close");
  if (moment) {
    await Promise.race([ended, once(child.stdout, "data").then(moment)]);
    child.kill("SIGKILL");
  }
  await ended;
  const [, result] = output.join("").split("\n");
  return result ? JSON.parse(result) : undefined;
}

/** Runs again and again, as the clock would, until no send is open. */
export async function untilNothingIsOpen(db: Firestore, meta: SimulatedMeta): Promise<void> {
  const open = db.collection("automation_sends").where("open", "==", true).count();
  for (;;) {
    const run = await runElsewhere(db, meta);
    const left = (await open.get()).data().count;
    if (left === 0 && run?.summary.complete && run.summary.triggers.followup_48h?.due === 0) return;
    // A send whose outcome nobody knows gets its proof first.
    await delay(1_000);
  }
}
