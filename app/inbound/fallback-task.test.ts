import { beforeEach, describe, expect, test } from "vitest";
import { NOW, SHAPES } from "../channels/shapes/index.ts";
import type { MediaJob, ReplyJob } from "../conversations/model.ts";
import { createLog } from "../telemetry/log.ts";
import { createInboundTask } from "./fallback-task.ts";
import { createInboundStore } from "./persist.ts";
import { type MemoryStore, memoryStore } from "./testing/memory-store.ts";
import { stateOf } from "./testing/state.ts";

let port: MemoryStore;
let jobs: ReplyJob[];
let mediaJobs: MediaJob[];
let lines: Record<string, unknown>[];
let task: (data: unknown) => Promise<void>;

beforeEach(() => {
  port = memoryStore();
  jobs = [];
  mediaJobs = [];
  lines = [];
  task = createInboundTask({
    store: createInboundStore(port, { now: () => NOW }),
    replies: { publish: async (job) => void jobs.push(job) },
    media: { publish: async (job) => void mediaJobs.push(job) },
    log: createLog(
      { project: "demo", environment: "test", service: "api", level: "info" },
      { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
    ),
    now: () => NOW,
  });
});

/** As it comes out of the queue. */
const queued = (message: object): unknown => JSON.parse(JSON.stringify(message));

test("every event there is leads to the same documents by this way as by the webhook", async () => {
  const events = SHAPES.flatMap((shape) => shape.events);
  for (const event of events) await task(queued({ event, trace: "t1" }));
  const direct = memoryStore();
  await createInboundStore(direct, { now: () => NOW }).persist(events, { trace: "t1" });
  expect(stateOf(port.documents)).toEqual(stateOf(direct.documents));
});

test("a stored message is queued for an answer, under its trace, and again when it comes again", async () => {
  const [event] = SHAPES[0]?.events ?? [];
  await task(queued({ event, trace: "t1" }));
  await task(queued({ event, trace: "t1" }));
  expect(jobs).toEqual([
    { conversationId: "whatsapp_5511900000001", trace: "t1" },
    { conversationId: "whatsapp_5511900000001", trace: "t1" },
  ]);
  expect(lines.map((line) => line.fresh)).toEqual([true, false]);
});

describe("what is no event is kept raw, and done", () => {
  test.each([null, "text", {}, { event: { type: "message" } }, { event: { type: "future", channel: "whatsapp" } }])(
    "%j",
    async (data) => {
      await task(data);
      expect([...port.documents.values()]).toMatchObject([
        { reason: "fallback_message_malformed", raw: typeof data === "string" ? data : JSON.stringify(data) },
      ]);
      expect(lines[0]).toMatchObject({ severity: "ERROR" });
      expect(jobs).toEqual([]);
    },
  );
});

test("when the store is not well the message is not done", async () => {
  port.failure = new Error("unavailable");
  await expect(task(queued({ event: SHAPES[0]?.events[0] }))).rejects.toThrow("unavailable");
});
