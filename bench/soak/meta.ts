import { Agent, request } from "node:http";
import { sign } from "../../local/simulators/sign.ts";
import { type Accounts, bodyOf } from "./bodies.ts";
import type { Planned } from "./traffic.ts";

/** Meta, as a sender that never gives up: an open model, redelivering whatever is not answered 200. */

/** One attempt to deliver. Times in milliseconds after the load began. */
export interface Attempt {
  readonly index: number;
  readonly dueMs: number;
  readonly tookMs: number;
  /** 0: no answer. */
  readonly status: number;
}

export interface MetaOptions {
  readonly urls: Readonly<Record<Planned["channel"], string>>;
  readonly accounts: Accounts;
  readonly appSecret: string;
  readonly planned: readonly Planned[];
  readonly onProgress: (sent: number) => void;
}

/** Meta takes an answer after 5 s for none, and delivers again: at once, then ever later. */
const TIMEOUT_MS = 5_000;
const FIRST_DELAY_MS = 1_000;
const LAST_DELAY_MS = 15_000;

/** Delivers everything, each message as often as it takes. @param began `performance.now()` of the load's begin */
export async function deliverAll(options: MetaOptions, began: number): Promise<Attempt[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const attempts: Attempt[] = [];
  const under: Promise<void>[] = [];
  for (const message of options.planned) {
    const wait = began + message.dueMs - performance.now();
    if (wait > 1) await sleep(wait);
    under.push(deliver(options, agent, began, message, attempts));
    options.onProgress(under.length);
  }
  await Promise.all(under);
  agent.destroy();
  return attempts;
}

async function deliver(
  options: MetaOptions,
  agent: Agent,
  began: number,
  message: Planned,
  attempts: Attempt[],
): Promise<void> {
  const body = Buffer.from(bodyOf(message, options.accounts, Date.now()));
  const headers = {
    "content-type": "application/json",
    "content-length": body.length,
    "x-hub-signature-256": sign(body, options.appSecret),
  };
  let dueMs = message.dueMs;
  for (let tries = 0; ; tries += 1) {
    const status = await post(options.urls[message.channel], headers, body, agent);
    attempts.push({ index: message.index, dueMs, tookMs: performance.now() - began - dueMs, status });
    if (status === 200) return;
    if (tries > 0) await sleep(Math.min(LAST_DELAY_MS, FIRST_DELAY_MS * 2 ** (tries - 1)));
    dueMs = performance.now() - began;
  }
}

function post(url: string, headers: Record<string, string | number>, body: Buffer, agent: Agent): Promise<number> {
  return new Promise((resolve) => {
    const outgoing = request(url, { method: "POST", agent, timeout: TIMEOUT_MS, headers });
    outgoing.on("response", (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode ?? 0));
      response.on("error", () => resolve(0));
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error("no answer in time")));
    outgoing.on("error", () => resolve(0));
    outgoing.end(body);
  });
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
