import { createParsers } from "../../channels/create.ts";
import type { MediaJob, ReplyJob } from "../../conversations/model.ts";
import { createLog } from "../../telemetry/log.ts";
import { createInboundStore } from "../persist.ts";
import type { FallbackMessage } from "../queue.ts";
import { createReceive, type ReceiveOptions } from "../receive.ts";
import { memoryStore } from "./memory-store.ts";
import { SECRET, TOKEN } from "./requests.ts";

/** 2026-11-20T13:00:00Z, in Unix milliseconds. */
const NOW = Date.UTC(2026, 10, 20, 13);

/** A receiver over a store in memory, with everything that it does to the world kept. */
export function setUp(own: Partial<ReceiveOptions> = {}) {
  const lines: Record<string, unknown>[] = [];
  const jobs: ReplyJob[] = [];
  const mediaJobs: MediaJob[] = [];
  const queued: FallbackMessage["event"][] = [];
  const port = memoryStore();
  const receive = createReceive({
    parsers: createParsers(() => NOW),
    appSecrets: ["antigo", SECRET],
    verifyTokens: ["outro", TOKEN],
    store: createInboundStore(port, { now: () => NOW }),
    replies: { publish: async (job) => void jobs.push(job) },
    media: { publish: async (job) => void mediaJobs.push(job) },
    fallback: { publish: async (events) => void queued.push(...events) },
    log: createLog(
      { project: "demo", environment: "test", service: "webhook", level: "info" },
      { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
    ),
    now: () => NOW,
    timeoutMs: 20,
    ...own,
  });
  return { receive, port, jobs, mediaJobs, queued, lines };
}
