import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import autocannon from "autocannon";
import { freePort, startNode, stopNode, untilAnswers } from "../support/child.ts";
import { median } from "../support/open-model.ts";
import { whatsappDelivery } from "../support/payload.ts";
import type { Effort, Row } from "../support/row.ts";
import { BENCH_SECRET } from "../targets/stubbed-receive.ts";

const root = join(import.meta.dirname, "../..");
const FRAMEWORK = join(root, "node_modules/@google-cloud/functions-framework/build/src/main.js");
const CONNECTIONS = 50;

type Receiver = "ours" | "lean";

/** How each server is started with either receiver. */
const SERVERS = {
  "functions-framework": (receiver: Receiver, port: number) =>
    startNode([FRAMEWORK, `--target=${receiver}`, `--source=${join(root, "bench/targets/function")}`], {
      PORT: String(port),
      FUNCTION_TARGET: receiver,
    }),
  "node:http": (receiver: Receiver, port: number) =>
    startNode([join(root, "bench/targets/node-server.ts"), receiver], { PORT: String(port) }),
} as const;

/** The webhook without its store, against the least that a receiver can do, on the same server, taking turns. */
export async function throughputRows(effort: Effort): Promise<Row[]> {
  return [await compare("functions-framework", 0.9, effort), await compare("node:http", 0.7, effort)];
}

async function compare(server: keyof typeof SERVERS, bar: number, effort: Effort): Promise<Row> {
  const rounds = effort.quick ? 2 : 5;
  const seconds = effort.quick ? 2 : 6;
  const started: ChildProcess[] = [];
  const start = async (receiver: Receiver): Promise<string> => {
    const port = await freePort();
    started.push(SERVERS[server](receiver, port));
    const url = `http://127.0.0.1:${port}/whatsapp`;
    await warmUp(url);
    return url;
  };
  try {
    const urls = { ours: await start("ours"), lean: await start("lean") };
    const rates: Record<Receiver, number[]> = { ours: [], lean: [] };
    for (let round = 0; round < rounds; round++) {
      for (const receiver of ["ours", "lean"] as const) rates[receiver].push(await load(urls[receiver], seconds));
    }
    const [ours, lean] = [median(rates.ours), median(rates.lean)];
    const ratio = ours / lean;
    return {
      what: `webhook, store stubbed, on ${server}`,
      bar: `≥ ${bar}× the leanest receiver`,
      measured: `${ratio.toFixed(2)}×  (${Math.round(ours)}/s against ${Math.round(lean)}/s)`,
      holds: ratio >= bar,
    };
  } finally {
    await Promise.all(started.map(stopNode));
  }
}

async function warmUp(url: string): Promise<void> {
  await untilAnswers(url, "anything");
  await load(url, 3);
}

/** @returns requests a second */
async function load(url: string, seconds: number): Promise<number> {
  // Signed anew for each load: half a minute later it would count as late, which is another, rarer path.
  const delivery = whatsappDelivery(BENCH_SECRET, "bench", "5511900000001");
  const result = await autocannon({
    url,
    method: "POST",
    body: delivery.body,
    headers: { ...delivery.headers },
    connections: CONNECTIONS,
    duration: seconds,
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} answers were not 2xx, ${result.errors} requests failed.`);
  }
  return result.requests.average;
}
