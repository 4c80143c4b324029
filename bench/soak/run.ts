import { randomInt } from "node:crypto";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Firestore } from "firebase-admin/firestore";
import { type LocalCloudHandle, startLocalCloud } from "../../local/cloud.ts";
import { loadAccounts } from "./accounts.ts";
import { audit } from "./audit.ts";
import { answersOf, deadLetters, type Open, sentMessages, storedMessages, storeOf, whatIsOpen } from "./findings.ts";
import { type Attempt, deliverAll } from "./meta.ts";
import { planPhases } from "./phases.ts";
import { isWell, phaseLines, totalLines } from "./report.ts";
import { planTraffic } from "./traffic.ts";
import { makeTrouble } from "./trouble.ts";

/**
 * `npm run soak [-- --messages 20000 --rate 100 --port 4550]`: three channels under load while, one after the other, the
 * store hangs, the queue is down, the app is killed and Graph fails. Ends with 1 when a message was lost or duplicated,
 * or a conversation has not exactly one answer to its last burst.
 */

const { values } = parseArgs({
  options: {
    messages: { type: "string", default: "20000" },
    rate: { type: "string", default: "100" },
    port: { type: "string", default: "4550" },
  },
});
/** Nothing moves for so long: it will not any more. Longer than the longest pause between two attempts of a send. */
const STUCK_MS = 700_000;
const LOOK_EVERY_MS = 5_000;
/** Conversations that went wrong, of which the report tells what became of their answers. */
const MOST_EXPLAINED = 20;

const root = resolve(import.meta.dirname, "../..");
const planned = planTraffic({
  messages: Number(values.messages),
  rate: Number(values.rate),
  run: String(randomInt(100, 1000)),
});
const loadMs = (planned.length * 1000) / Number(values.rate);
const phases = planPhases(loadMs);

console.log(`starting the local cloud; then ${planned.length} messages at ${values.rate} a second`);
const handle = await startLocalCloud({ root, basePort: Number(values.port), home: join(root, ".local/soak") });
try {
  const attempts = await load(handle);
  const lastAt = performance.now();
  const db = storeOf(handle.outputs);
  await drain(db, planned.length);
  const drainedMs = performance.now() - lastAt;
  const result = audit(planned, await storedMessages(db), await sentMessages(handle.outputs));
  const deadLettered = await deadLetters(handle.outputs);
  console.log(`\n${phaseLines(phases, attempts).join("\n")}\n`);
  const totals = { sent: planned.length, deliveries: attempts.length, deadLettered, drainedMs };
  console.log(totalLines(result, totals).join("\n"));
  for (const id of [...result.unanswered, ...result.answeredTwice].slice(0, MOST_EXPLAINED)) {
    console.log(`${id}: ${await answersOf(db, id)}`);
  }
  process.exitCode = isWell(result) ? 0 : 1;
} finally {
  await handle.stop();
}
process.exit();

async function load({ outputs, supervisor }: LocalCloudHandle): Promise<Attempt[]> {
  const began = performance.now();
  let sent = 0;
  const [attempts] = await Promise.all([
    deliverAll(
      {
        urls: outputs.webhookUrls,
        accounts: loadAccounts(root),
        appSecret: outputs.secrets.META_APP_SECRET,
        planned,
        onProgress: (count) => {
          sent = count;
        },
      },
      began,
    ),
    makeTrouble(
      {
        phases,
        supervisor,
        controlUrl: `${outputs.simulatorUrl}/control`,
        onPhase: ({ name }) => console.log(`${String(sent).padStart(6)} sent  ${name}`),
      },
      began,
    ),
  ]);
  return attempts;
}

/** Waits until nothing is under way any more, or nothing moves. */
async function drain(db: Firestore, messages: number): Promise<void> {
  let before = "";
  let since = performance.now();
  for (;;) {
    const open = await whatIsOpen(db);
    const seen = JSON.stringify(open);
    if (seen !== before) {
      console.log(describe(open, messages));
      since = performance.now();
      before = seen;
    }
    if (isDone(open, messages)) return;
    if (performance.now() - since > STUCK_MS) return console.log("nothing moves any more");
    await new Promise((wake) => setTimeout(wake, LOOK_EVERY_MS));
  }
}

function isDone({ stored, awaiting, unsent }: Open, messages: number): boolean {
  return stored >= messages && awaiting === 0 && unsent === 0;
}

function describe({ stored, awaiting, unsent }: Open, messages: number): string {
  return `       ${stored} of ${messages} stored, ${awaiting} conversations wait, ${unsent} answers under way`;
}
