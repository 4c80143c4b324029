import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import pino from "pino";

/**
 * Structured logs as Cloud Logging reads them from stdout: one JSON object a line with `severity` and `message`.
 * Cloud Logging's special fields: https://cloud.google.com/logging/docs/structured-logging
 */

/** What the logs of one process share. */
export interface LogContext {
  readonly project: string;
  readonly environment: string;
  readonly service: "api" | "webhook";
  readonly level: "trace" | "debug" | "info" | "warn" | "error";
}

export type Log = pino.Logger;

const SEVERITY: Readonly<Record<string, string>> = {
  trace: "DEBUG",
  debug: "DEBUG",
  info: "INFO",
  warn: "WARNING",
  error: "ERROR",
  fatal: "CRITICAL",
};

const traceStore = new AsyncLocalStorage<string>();

/** Runs `work` with a trace id that every log line inside carries. */
export function withTrace<T>(trace: string, work: () => T): T {
  return traceStore.run(trace, work);
}

/** The trace id of the request being handled, if any. */
export function currentTrace(): string | undefined {
  return traceStore.getStore();
}

const TRACE_BYTES = 16;
/** Asking the system for randomness costs the same for one trace as for many. */
let randomness = Buffer.alloc(0);

/** 32 lower-case hex digits, as W3C Trace Context wants them. */
export function newTrace(): string {
  if (randomness.length === 0) randomness = randomBytes(TRACE_BYTES * 256);
  const trace = randomness.toString("hex", 0, TRACE_BYTES);
  randomness = randomness.subarray(TRACE_BYTES);
  return trace;
}

/** The trace id from `traceparent` or `x-cloud-trace-context`, else a new one. */
export function traceFrom(header: (name: string) => string | undefined): string {
  const parent = header("traceparent")?.match(/^[\da-f]{2}-([\da-f]{32})-/)?.[1];
  return parent ?? header("x-cloud-trace-context")?.match(/^([\da-f]{32})/)?.[1] ?? newTrace();
}

const MOST_BUFFERED_BYTES = 8_192;
/** The longest that a line waits, and only while lines come faster than this. In milliseconds. */
const FLUSH_MS = 5;

/**
 * Standard output. A line that comes alone is written at the end of its turn of the event loop; lines that come faster
 * are written together, since the system call is most of what a line costs. Nothing stays behind when the process ends.
 */
function standardOutput(): pino.DestinationStream {
  const stream = pino.destination({ dest: 1, sync: true, minLength: MOST_BUFFERED_BYTES });
  let scheduled = false;
  let flushedAt = 0;
  const flush = () => {
    scheduled = false;
    flushedAt = performance.now();
    stream.flush();
  };
  process.once("exit", () => stream.flushSync());
  return {
    write: (line) => {
      stream.write(line);
      if (scheduled) return;
      scheduled = true;
      if (performance.now() - flushedAt > FLUSH_MS) setImmediate(flush);
      else setTimeout(flush, FLUSH_MS);
    },
  };
}

/** Where the process writes its lines; `destination` is for tests. */
export function createLog(context: LogContext, destination: pino.DestinationStream = standardOutput()): Log {
  const options: pino.LoggerOptions = {
    level: context.level,
    messageKey: "message",
    base: { environment: context.environment, serviceContext: { service: context.service } },
    timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ severity: SEVERITY[label] ?? "DEFAULT" }) },
    mixin: () => {
      const trace = currentTrace();
      return trace ? { "logging.googleapis.com/trace": `projects/${context.project}/traces/${trace}` } : {};
    },
    serializers: { err: pino.stdSerializers.err },
  };
  return pino(options, destination);
}
