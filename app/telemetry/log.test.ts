import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { createLog, isoTime, newTrace, traceFrom, withTrace } from "./log.ts";

const CONTEXT = { project: "demo", environment: "test", service: "api", level: "info" } as const;

property.prop([fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 0, max: 2_000 })])(
  "a time is written as Date writes it, also within one second",
  (at, step) => {
    for (const millis of [at, at + step]) expect(isoTime(millis)).toBe(new Date(millis).toISOString());
  },
);

test("a line has what Cloud Logging reads: severity, message, time and the trace it belongs to", () => {
  const lines: string[] = [];
  const log = createLog(CONTEXT, { write: (line) => void lines.push(line) });
  withTrace("0af7651916cd43dd8448eb211c80319c", () => log.warn({ channel: "whatsapp" }, "Olá"));
  expect(JSON.parse(lines[0] ?? "")).toEqual({
    severity: "WARNING",
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    environment: "test",
    serviceContext: { service: "api" },
    "logging.googleapis.com/trace": "projects/demo/traces/0af7651916cd43dd8448eb211c80319c",
    channel: "whatsapp",
    message: "Olá",
  });
});

test("a new trace is 32 digits, and never the same", () => {
  const traces = Array.from({ length: 1_000 }, newTrace);
  expect(traces.every((trace) => /^[\da-f]{32}$/.test(trace))).toBe(true);
  expect(new Set(traces).size).toBe(1_000);
});

test.each([
  ["traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"],
  ["x-cloud-trace-context", "0af7651916cd43dd8448eb211c80319c/1;o=1"],
])("the trace of %s is taken over", (name, value) => {
  expect(traceFrom((asked) => (asked === name ? value : undefined))).toBe("0af7651916cd43dd8448eb211c80319c");
});

test("every line is written, in order, also when the process ends at once", () => {
  const module = fileURLToPath(new URL("./log.ts", import.meta.url));
  const program = `
    const { createLog } = await import(${JSON.stringify(module)});
    const log = createLog(${JSON.stringify(CONTEXT)});
    log.info("0");
    await new Promise((resolve) => setImmediate(resolve));
    for (let line = 1; line < 500; line += 1) log.info(String(line));
    await new Promise((resolve) => setTimeout(resolve, 1));
    for (let line = 500; line < 1000; line += 1) log.info(String(line));
    process.exit(3);`;
  const { stdout, status } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  expect(status).toBe(3);
  const messages = stdout
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as { message: string }).message);
  expect(messages).toEqual(Array.from({ length: 1_000 }, (_, index) => String(index)));
});
