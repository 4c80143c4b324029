import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createReporter, type Reporter } from "./reporter.ts";
import { styleFor } from "./style.ts";

let lines: string[];
let reporter: Reporter;

beforeEach(() => {
  vi.useFakeTimers();
  lines = [];
  reporter = createReporter((line) => void lines.push(line), styleFor({ isTTY: false }, {}));
});
afterEach(() => {
  reporter.settle();
  vi.useRealTimers();
});

const topic = (name: string) => ({ type: "gcp:pubsub/topic:Topic", name });

function ready(name: string, elapsedMs: number): void {
  reporter.show({ type: "resource", progress: { type: "ready", resource: topic(name), id: name, elapsedMs } });
}

test("a line for each thing that happens, with the seconds since the start", () => {
  vi.advanceTimersByTime(1_240);
  reporter.show({ type: "part", name: "Firestore emulator", detail: "127.0.0.1:4403" });
  ready("replies", 1_760);
  const failed = { type: "failed", resource: topic("jobs"), error: new Error("refused"), elapsedMs: 1 } as const;
  reporter.show({ type: "resource", progress: failed });
  const crash = { name: "api", exit: "exit code 1", logFile: "/l/api.log", lastLines: ["bad"], restartInMs: 500 };
  reporter.show({ type: "process", event: { type: "crashed", ...crash } });
  reporter.show({ type: "process", event: { type: "restarted", name: "api", restarts: 1 } });
  expect(lines).toEqual([
    "   1.2 s  ✓ Firestore emulator   127.0.0.1:4403",
    "   1.2 s  + pubsub.Topic                   replies, 1.8 s",
    "   1.2 s  ✗ pubsub.Topic jobs",
    "   1.2 s  ✗ api ended unexpectedly (exit code 1); starting it again in 0.5 s. Log: /l/api.log",
    "            bad",
    "   1.2 s  ✓ api is back (restart 1)",
  ]);
});

test("a burst of one type shares a line, and a long one is cut", () => {
  const names = Array.from({ length: 30 }, (_, index) => `topic-${index}`);
  for (const name of names) ready(name, 3);
  expect(lines).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(lines).toEqual([
    "   0.1 s  + pubsub.Topic ×30               topic-0, topic-1, topic-2, topic-3, topic-4, topic-5, topic-6, topic-7, topic-8 and 21 more",
  ]);
  expect(reporter.resources()).toBe(30);
});

test("what is held back is written before anything else", () => {
  ready("first", 3);
  reporter.show({ type: "notice", text: "building inbox" });
  expect(lines).toEqual(["   0.0 s  + pubsub.Topic                   first", "   0.0 s  · building inbox"]);
});

test("after a silence it says what is waited for", () => {
  reporter.show({ type: "notice", text: "building inbox" });
  vi.advanceTimersByTime(5_000);
  reporter.show({ type: "resource", progress: { type: "registered", resource: topic("slow") } });
  vi.advanceTimersByTime(5_000);
  ready("slow", 5_000);
  expect(lines.slice(1)).toEqual([
    "   5.0 s  … still building inbox",
    "  10.0 s  … waiting for slow (pubsub.Topic)",
    "  10.0 s  + pubsub.Topic                   slow, 5.0 s",
  ]);
});

test("colours only on a terminal that wants them", () => {
  expect(styleFor({ isTTY: true }, {}).good("x")).toBe("\u001b[32mx\u001b[0m");
  expect(styleFor({ isTTY: true }, { NO_COLOR: "1" }).good("x")).toBe("x");
  expect(styleFor({ isTTY: false }, {}).good("x")).toBe("x");
});
