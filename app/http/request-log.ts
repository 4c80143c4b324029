import type { RequestHandler } from "express";
import { keepingTrace, type Log, traceFrom, withTrace } from "../telemetry/log.ts";
import type { RequestFields } from "../telemetry/measured.ts";

/** Every line and every document that a request causes carries the trace that came with it, or a new one. */
export const traceContext: RequestHandler = (request, _response, next) => {
  withTrace(
    traceFrom((name) => request.get(name)),
    () => next(),
  );
};

/** Response locals that handlers may set for the log line. */
export interface LogLocals {
  /** The route's pattern, so that ids do not make a metric of their own. */
  route?: string;
  channel?: string;
}

/** One line per request, as Cloud Logging shows requests. The query is left out: the handshake's holds a secret. */
export function requestLog(log: Log, now: () => number): RequestHandler {
  return (request, response, next) => {
    const start = now();
    const done = () => {
      const { route = "unmatched", channel } = response.locals as LogLocals;
      const latencyMs = Math.round((now() - start) * 10) / 10;
      const status = response.writableFinished ? response.statusCode : 499;
      const measured: RequestFields = { route, status, latencyMs, ...(channel !== undefined && { channel }) };
      const fields = {
        httpRequest: {
          requestMethod: request.method,
          requestUrl: request.path,
          status,
          latency: `${(latencyMs / 1000).toFixed(4)}s`,
          userAgent: request.get("user-agent"),
        },
        ...measured,
      };
      const message = `${request.method} ${route} ${status}`;
      // 503 is how a task asks to be delivered again; it is the alert on the queue's age that tells of trouble.
      if (status >= 500 && status !== 503) log.error(fields, message);
      else if (status === 503) log.warn(fields, message);
      else log.info(fields, message);
    };
    response.once("close", keepingTrace(done));
    next();
  };
}
