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

/** Held in an object, so that a request may take over the trace of the work that it turns out to bring. */
const traceStore = new AsyncLocalStorage<{ trace: string }>();

/** Runs `work` with a trace id that every log line inside carries. */
export function withTrace<T>(trace: string, work: () => T): T {
  return traceStore.run({ trace }, work);
}

/** The trace id of the request being handled, if any. */
export function currentTrace(): string | undefined {
  return traceStore.getStore()?.trace;
}

/** From now on the request belongs to another trace: a job's body tells it, after the request has begun. */
export function adoptTrace(trace: string): void {
  const store = traceStore.getStore();
  if (store) store.trace = trace;
}

/** A callback that keeps the trace of whoever made it, when something else calls it. */
export const keepingTrace: <T extends (...args: never[]) => unknown>(callback: T) => T = AsyncLocalStorage.bind;

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

let second = -1;
let prefix = "";

/** A time as `Date` writes it, in UTC. Only the milliseconds are new in each line of the same second. */
export function isoTime(millis: number): string {
  const now = Math.floor(millis / 1000);
  if (now !== second) {
    second = now;
    prefix = new Date(now * 1000).toISOString().slice(0, -4);
  }
  return `${prefix}${String(millis - now * 1000).padStart(3, "0")}Z`;
}

/** The longest that a line waits, and only while lines come faster than the event loop turns. In milliseconds. */
const FLUSH_MS = 5;

/**
 * Standard output. A line that comes alone is written at the end of its turn of the event loop; when several come in a
 * turn the next ones are written together, since the system call is most of what a line costs. Nothing stays behind when
 * the process ends: writing to a pipe or a file is synchronous.
 */
function standardOutput(): pino.DestinationStream {
  let lines = "";
  let count = 0;
  let crowded = false;
  const flush = () => {
    if (count === 0) return;
    crowded = count > 1;
    count = 0;
    const chunk = lines;
    lines = "";
    process.stdout.write(chunk);
  };
  process.once("exit", flush);
  return {
    write: (line) => {
      lines += line;
      count += 1;
      if (count > 1) return;
      if (crowded) setTimeout(flush, FLUSH_MS);
      else setImmediate(flush);
    },
  };
}

/** Where the process writes its lines; `destination` is for tests. */
export function createLog(context: LogContext, destination: pino.DestinationStream = standardOutput()): Log {
  const options: pino.LoggerOptions = {
    level: context.level,
    messageKey: "message",
    base: { environment: context.environment, serviceContext: { service: context.service } },
    timestamp: () => `,"timestamp":"${isoTime(Date.now())}"`,
    formatters: { level: (label) => ({ severity: SEVERITY[label] ?? "DEFAULT" }) },
    mixin: () => {
      const trace = currentTrace();
      return trace ? { "logging.googleapis.com/trace": `projects/${context.project}/traces/${trace}` } : {};
    },
    serializers: { err: pino.stdSerializers.err },
  };
  return pino(options, destination);
}
