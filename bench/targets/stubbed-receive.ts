import { createParsers } from "../../app/channels/create.ts";
import { createInboundStore } from "../../app/inbound/persist.ts";
import { createReceive, type Receive } from "../../app/inbound/receive.ts";
import { createLog } from "../../app/telemetry/log.ts";

export const BENCH_SECRET = "bench-app-secret";

/**
 * The shipped receiver with the network taken out: the documents are built, the log lines are written, and a store and a
 * queue that answer at once take them.
 */
export function stubbedReceive(): Receive {
  const nothing = async (): Promise<void> => undefined;
  return createReceive({
    parsers: createParsers(),
    appSecrets: [BENCH_SECRET],
    verifyTokens: ["bench-verify-token"],
    store: createInboundStore({
      commit: nothing,
      getAll: async (refs) => refs.map(() => undefined),
      find: async () => [],
      transaction: async (work) => (await work({ getAll: async () => [], find: async () => [] })).result,
    }),
    replies: { publish: nothing },
    media: { publish: nothing },
    fallback: { publish: nothing },
    log: createLog({ project: "demo-servio", environment: "bench", service: "webhook", level: "info" }),
  });
}
