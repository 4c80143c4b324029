import type { Metrics, MetricsRange } from "../../../app/metrics/response.ts";
import { ApiError } from "../data/api.ts";

export const RANGES = ["24h", "7d", "30d"] as const satisfies readonly MetricsRange[];

export interface MetricsPorts {
  readonly fetch: typeof fetch;
  /** A Firebase ID token of the person signed in. */
  readonly token: () => Promise<string>;
}

/** @throws {ApiError} when the figures cannot be read. */
export async function loadMetrics(ports: MetricsPorts, range: MetricsRange): Promise<Metrics> {
  // Our own API's answer, of the same build.
  return (await (await ask(ports, range, "json")).json()) as Metrics;
}

/** The same figures for spreadsheets: one line a slot and channel. @throws {ApiError} */
export async function loadCsv(ports: MetricsPorts, range: MetricsRange): Promise<Blob> {
  return (await ask(ports, range, "csv")).blob();
}

async function ask(ports: MetricsPorts, range: MetricsRange, format: "json" | "csv"): Promise<Response> {
  const response = await reach(ports, `/api/omni/metrics?range=${range}&format=${format}`);
  if (response.ok) return response;
  throw new ApiError("http", response.status, `HTTP ${response.status}`);
}

async function reach(ports: MetricsPorts, path: string): Promise<Response> {
  try {
    return await ports.fetch(path, { headers: { authorization: `Bearer ${await ports.token()}` } });
  } catch (cause) {
    throw new ApiError("network", 0, cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
