import type { RequestHandler, Response } from "express";
import { HttpProblem, sendProblem } from "./problem.ts";

/** Specification section 7.3. */
export const REQUESTS_PER_SECOND = 100;

export interface Bucket {
  /** Takes one. @returns 0, or the milliseconds until there is one again */
  take(): number;
}

/** A token bucket that holds one second's worth and starts full. @param now milliseconds, monotonic */
export function tokenBucket(perSecond: number, now: () => number): Bucket {
  let tokens = perSecond;
  let at = now();
  return {
    take: () => {
      const time = now();
      tokens = Math.min(perSecond, tokens + ((time - at) * perSecond) / 1000);
      at = time;
      if (tokens < 1) return Math.ceil(((1 - tokens) * 1000) / perSecond);
      tokens -= 1;
      return 0;
    },
  };
}

/**
 * Per instance. What must never be refused passes: Google's queues and probes, and webhooks that carry a signature,
 * which are checked at the cost of one HMAC. Each 429 to Meta would come back for days.
 */
export function rateLimit(bucket: Bucket): RequestHandler {
  return (request, response, next) => {
    if (isExempt(request.path, request.get("x-hub-signature-256") !== undefined)) {
      next();
      return;
    }
    const waitMs = bucket.take();
    if (waitMs === 0) next();
    else tooMany(response, waitMs);
  };
}

/** Decided by the path, since it runs before the router. */
export function isExempt(path: string, signed: boolean): boolean {
  if (path === "/healthz" || path.startsWith("/tasks/")) return true;
  return signed && path.startsWith("/api/omni/webhook/");
}

function tooMany(response: Response, waitMs: number): void {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  const problem = new HttpProblem({
    status: 429,
    code: "rate_limited",
    title: "Too many requests",
    detail: `This instance takes ${REQUESTS_PER_SECOND} requests a second. Try again in ${seconds} s.`,
    headers: { "retry-after": String(seconds) },
  });
  sendProblem(response, problem);
}
