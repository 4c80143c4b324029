import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
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

/**
 * The webhook without its store, against the least that a receiver can do, on the same server, taking turns.
 *
 * Judged by the median of the rounds' ratios. Each round is a short load of both, one right after the other and each as
 * often the first: what else the machine does, and how fast its processor runs, changes from second to second and then
 * meets both. The median of one beside the median of the other set seconds against each other that had nothing in common,
 * and of two rounds it took the worse. The processor's time per request, which a busy neighbour changes least, stands
 * beside it and is not judged.
 *
 * Rates compare the receivers only while their servers have all the work that they can do. Where the load or the machine
 * held them back, both look alike, which would flatter ours: then the row says so and does not hold.
 */
export async function throughputRows(effort: Effort): Promise<Row[]> {
  return [await compare("functions-framework", 0.9, effort), await compare("node:http", 0.7, effort)];
}

/** Of a core: a server that works less was held back by something else. */
const LEAST_BUSY = 0.9;

const RECEIVERS = ["ours", "lean"] as const;

/** What the rounds of one receiver came to. */
interface Tally {
  readonly url: string;
  readonly pid: number;
  readonly rates: number[];
  requests: number;
  /** Of the server's processor, in seconds. */
  processor: number;
}

async function compare(server: keyof typeof SERVERS, bar: number, effort: Effort): Promise<Row> {
  const rounds = effort.quick ? 7 : 21;
  const seconds = effort.quick ? 1 : 2;
  const started: ChildProcess[] = [];
  const start = async (receiver: Receiver): Promise<Tally> => {
    const port = await freePort();
    const child = SERVERS[server](receiver, port);
    started.push(child);
    const url = `http://127.0.0.1:${port}/whatsapp`;
    await warmUp(url);
    if (child.pid === undefined) throw new Error(`The server of ${receiver} did not start.`);
    return { url, pid: child.pid, rates: [], requests: 0, processor: 0 };
  };
  try {
    const tallies = { ours: await start("ours"), lean: await start("lean") };
    for (let round = 0; round < rounds; round++) {
      const turns = round % 2 === 0 ? RECEIVERS : RECEIVERS.toReversed();
      for (const receiver of turns) await measureRound(tallies[receiver], seconds);
    }
    const { ours, lean } = tallies;
    const ratio = median(ours.rates.map((rate, round) => rate / (lean.rates[round] ?? 0)));
    const rates = `${Math.round(median(ours.rates))}/s against ${Math.round(median(lean.rates))}/s`;
    const busy = Math.min(ours.processor, lean.processor) / (rounds * seconds);
    const heldBack = busy < LEAST_BUSY ? `; held back, ${Math.round(busy * 100)}% busy` : "";
    return {
      what: `webhook, store stubbed, on ${server}`,
      bar: `≥ ${bar}× the leanest receiver`,
      measured: `${ratio.toFixed(2)}×  (${rates}; processor ${microseconds(ours)} against ${microseconds(lean)}${heldBack})`,
      holds: ratio >= bar && busy >= LEAST_BUSY,
    };
  } finally {
    await Promise.all(started.map(stopNode));
  }
}

async function measureRound(tally: Tally, seconds: number): Promise<void> {
  const before = processorSeconds(tally.pid);
  const { average, total } = await load(tally.url, seconds);
  tally.processor += processorSeconds(tally.pid) - before;
  tally.requests += total;
  tally.rates.push(average);
}

function microseconds({ processor, requests }: Tally): string {
  return `${((processor / requests) * 1e6).toFixed(1)} µs`;
}

/** Ticks of the kernel's clock in a second, on every Linux that Node runs on. */
const TICKS = 100;

/** What a process has used so far. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function processorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13)
    .map(Number);
  return (user + system) / TICKS;
}

async function warmUp(url: string): Promise<void> {
  await untilAnswers(url, "anything");
  await load(url, 3);
}

/** @returns requests: of a second on average, and in all */
async function load(url: string, seconds: number): Promise<{ average: number; total: number }> {
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
  return { average: result.requests.total / result.duration, total: result.requests.total };
}
