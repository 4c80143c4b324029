import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { LocalCloudHandle } from "../../local/cloud.ts";
import { freePort, stopNode, untilAnswers } from "../support/child.ts";
import { median } from "../support/open-model.ts";
import { whatsappDelivery } from "../support/payload.ts";
import { type Effort, milliseconds, type Row } from "../support/row.ts";
import { runningProcess } from "../support/running.ts";

interface Start {
  readonly ready: number;
  readonly firstRequest: number;
}

/** The two bundles as deployed, started anew beside the running ones, with the environment that the stack gave them. */
export async function startUpRows(handle: LocalCloudHandle, effort: Effort): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, what, webhook] of [
    ["servio-api", "Cloud Run service", "/api/omni/webhook/whatsapp"],
    ["servio-webhook", "Cloud Function", "/whatsapp"],
  ] as const) {
    const starts: Start[] = [];
    for (let round = 0; round < (effort.quick ? 2 : 7); round++) starts.push(await start(handle, name, webhook, round));
    const ready = median(starts.map((each) => each.ready));
    const first = median(starts.map((each) => each.firstRequest));
    rows.push(
      {
        what: `${what}: start to ready, connections warm`,
        bar: "≤ 700 ms",
        measured: milliseconds(ready),
        holds: ready <= 700,
      },
      { what: `${what}: first real request`, bar: "≤ 100 ms", measured: milliseconds(first), holds: first <= 100 },
    );
  }
  return rows;
}

async function start(handle: LocalCloudHandle, name: string, path: string, round: number): Promise<Start> {
  const port = await freePort();
  const began = performance.now();
  const child = startLike(handle, name, port);
  try {
    await untilAnswers(`http://127.0.0.1:${port}/healthz`);
    const ready = performance.now() - began;
    const { META_APP_SECRET } = handle.outputs.secrets;
    const { body, headers } = whatsappDelivery(META_APP_SECRET, `start-${name}-${round}`, "5511900000009");
    const sent = performance.now();
    const url = `http://127.0.0.1:${port}${path}`;
    const response = await fetch(url, { method: "POST", headers: { ...headers }, body: new Uint8Array(body) });
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`${name}: the first request was answered ${response.status}.`);
    return { ready, firstRequest: performance.now() - sent };
  } finally {
    await stopNode(child);
  }
}

/** Exactly the running process's command, folder and environment, on another port. */
function startLike(handle: LocalCloudHandle, name: string, port: number): ChildProcess {
  const running = runningProcess(handle, name);
  const [, ...args] = running.command.map((part) => part.replace(String(running.port), String(port)));
  return spawn(process.execPath, args, {
    cwd: join("/proc", String(running.pid), "cwd"),
    env: { ...running.environment, PORT: String(port) },
    stdio: "ignore",
  });
}
