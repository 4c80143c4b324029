import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type LocalCloudHandle, startLocalCloud } from "../local/cloud.ts";
import { acknowledgementRows } from "./rows/acknowledgement.ts";
import { answerRows } from "./rows/answers.ts";
import { automationRows } from "./rows/automation.ts";
import { enginePreviewRow } from "./rows/engine-preview.ts";
import { inboxRows } from "./rows/inbox.ts";
import { npmStartRow } from "./rows/npm-start.ts";
import { programRow } from "./rows/program.ts";
import { startUpRows } from "./rows/start-up.ts";
import { throughputRows } from "./rows/throughput.ts";
import { widgetRows } from "./rows/widget.ts";
import { type Effort, printRows, type Row } from "./support/row.ts";

/**
 * `npm run bench [-- --quick] [--only inbox]`: the figures that the product holds itself to, measured in one run on this machine. Times
 * vary with what else the machine does; ratios less. It fails when a message is lost, never because a machine is slow.
 */

const BASE_PORT = 4600;

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false }, only: { type: "string" } } });
const effort: Effort = { quick: values.quick };
const root = resolve(import.meta.dirname, "..");
const rows: Row[] = [];

/** A stack for some rows, ended whatever becomes of them; none when only another one's are wanted. */
async function withStack(home: string, work: (handle: LocalCloudHandle) => Promise<void>): Promise<void> {
  if (values.only !== undefined && (values.only === "inbox") !== (home === "bench-inbox")) return;
  const handle = await startLocalCloud({ root, basePort: BASE_PORT, home: join(root, ".local", home) });
  try {
    await work(handle);
  } finally {
    await handle.stop();
  }
}

async function measure(what: string, work: () => Promise<Row[]> | Row[]): Promise<void> {
  if (values.only !== undefined && !what.includes(values.only)) return;
  console.log(`measuring ${what}`);
  rows.push(...(await work()));
}

await measure("the receiver without its store", () => throughputRows(effort));
await measure("the program", () => [programRow(effort)]);
await measure("a preview", () => [enginePreviewRow(effort)]);
await withStack("bench", async (handle) => {
  await measure("starts", () => startUpRows(handle, effort));
  await measure("answers", () => answerRows(handle, effort));
  await measure("the automations", () => automationRows(handle, effort));
  await measure("acknowledgements", () => acknowledgementRows(handle, effort));
  await measure("the widget", () => widgetRows(handle, effort));
});
// A store of its own: the acknowledgements count what theirs holds.
await withStack("bench-inbox", (handle) => measure("the inbox", () => inboxRows(handle, effort)));
await measure("npm start", async () => [await npmStartRow()]);

printRows(rows);
process.exit(0);
