import { Readable } from "node:stream";
import * as z from "zod";
import {
  metricsSchema,
  RANGES,
  type ReadQueueDepths,
  type ReportDeps,
  readCounted,
  readPresent,
  reportOf,
  toCsv,
} from "../../metrics/index.ts";
import { defineRoute, type Route } from "../route.ts";
import { staffRefusals } from "./conversations.ts";

export interface MetricsRouteDeps extends ReportDeps {
  readonly queues: ReadQueueDepths;
}

/** Response times, volume, follow-ups and the model, from counts that are kept up to date every five minutes. */
export function metricsRoute(deps: MetricsRouteDeps): Route {
  return defineRoute({
    method: "get",
    path: "/api/omni/metrics",
    access: "staff",
    summary: "Response times, volume, follow-ups and the assistant's speed, for a range that ends now",
    query: z.strictObject({
      range: z.enum(RANGES).default("24h"),
      format: z
        .enum(["json", "csv"])
        .default("json")
        .describe("`csv`: one line a slot and channel, as a file; times in UTC, durations in milliseconds"),
    }),
    answers: { 200: { description: "JSON, or `text/csv`", schema: metricsSchema }, ...staffRefusals },
    handle: async ({ query: { range, format } }) => {
      const counted = readCounted(deps, range);
      if (format === "csv") {
        const headers = {
          "content-type": "text/csv; charset=utf-8",
          "content-disposition": `attachment; filename="servio-${range}.csv"`,
        };
        return { status: 200, stream: Readable.from([toCsv(await counted)]), headers };
      }
      const [slots, now] = await Promise.all([counted, readPresent(deps.db, deps.queues)]);
      return { status: 200, body: { ...reportOf(deps, range, slots), now } };
    },
  });
}
