import type { LogEntry } from "./log-metrics.ts";

const TRACE = "logging.googleapis.com/trace";

/** A line of a process's standard output as Cloud Logging reads it; undefined for what is no JSON object. */
export function readLogLine(line: string, resource: LogEntry["resource"]): LogEntry | undefined {
  if (!line.startsWith("{")) return undefined;
  const parsed = parse(line);
  if (!parsed) return undefined;
  const { severity, timestamp, [TRACE]: trace, ...jsonPayload } = parsed;
  const at = typeof timestamp === "string" ? Date.parse(timestamp) : Number.NaN;
  if (Number.isNaN(at)) return undefined;
  return {
    resource,
    severity: typeof severity === "string" ? severity : "DEFAULT",
    at,
    ...(typeof trace === "string" && { trace: trace.slice(trace.lastIndexOf("/") + 1) }),
    jsonPayload,
  };
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch (error) {
    // A line that a crash cut short.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
