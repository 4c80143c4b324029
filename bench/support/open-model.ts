import { Agent, request } from "node:http";
import type { SignedDelivery } from "./payload.ts";

/** What came of a load at a fixed arrival rate. Times in milliseconds, from the moment a request was due. */
export interface LoadReport {
  readonly due: number;
  readonly answered: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export interface LoadOptions {
  readonly url: string;
  /** Requests a second. */
  readonly rate: number;
  readonly seconds: number;
  readonly delivery: (index: number) => SignedDelivery;
}

/**
 * An open model: requests start when they are due, whatever became of the ones before. A closed loop would slow down
 * with the server and hide its stalls.
 */
export async function openModel(options: LoadOptions): Promise<LoadReport> {
  const total = Math.round(options.rate * options.seconds);
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const latencies: number[] = [];
  const byStatus: Record<string, number> = {};
  const pending: Promise<void>[] = [];
  const start = performance.now() + 100;

  for (let index = 0; index < total; index++) {
    const due = start + (index * 1000) / options.rate;
    const wait = due - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    pending.push(
      post(options.url, options.delivery(index), agent).then((status) => {
        latencies.push(performance.now() - due);
        byStatus[status] = (byStatus[status] ?? 0) + 1;
      }),
    );
  }
  await Promise.all(pending);
  agent.destroy();
  latencies.sort((a, b) => a - b);
  return {
    due: total,
    answered: total - (byStatus.error ?? 0),
    byStatus,
    p50: percentile(latencies, 50),
    p95: percentile(latencies, 95),
    p99: percentile(latencies, 99),
    max: latencies.at(-1) ?? 0,
  };
}

/** Nearest rank, over values sorted ascending. */
export function percentile(sorted: readonly number[], percent: number): number {
  const rank = Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1);
  return sorted[rank] ?? 0;
}

/** The middle value; of an even count, the lower of the two. */
export function median(values: readonly number[]): number {
  return percentile(
    [...values].sort((a, b) => a - b),
    50,
  );
}

function post(url: string, delivery: SignedDelivery, agent: Agent): Promise<string> {
  return new Promise((resolve) => {
    const outgoing = request(url, {
      method: "POST",
      agent,
      timeout: 30_000,
      headers: { ...delivery.headers, "content-length": delivery.body.length },
    });
    outgoing.on("response", (response) => {
      response.resume();
      response.on("end", () => resolve(String(response.statusCode)));
      response.on("error", () => resolve("error"));
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error("timeout")));
    outgoing.on("error", () => resolve("error"));
    outgoing.end(delivery.body);
  });
}
