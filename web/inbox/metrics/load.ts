import type { Metrics, MetricsRange } from "../../../app/metrics/response.ts";
import { type ApiPorts, callApi } from "../data/api.ts";

export const RANGES = ["24h", "7d", "30d"] as const satisfies readonly MetricsRange[];

/** @throws {ApiError} when the figures cannot be read. */
export async function loadMetrics(ports: ApiPorts, range: MetricsRange): Promise<Metrics> {
  // Our own API's answer, of the same build.
  return (await (await ask(ports, range, "json")).json()) as Metrics;
}

/** The same figures for spreadsheets: one line a slot and channel. @throws {ApiError} */
export async function loadCsv(ports: ApiPorts, range: MetricsRange): Promise<Blob> {
  return (await ask(ports, range, "csv")).blob();
}

function ask(ports: ApiPorts, range: MetricsRange, format: "json" | "csv"): Promise<Response> {
  return callApi(ports, `/api/omni/metrics?range=${range}&format=${format}`);
}
