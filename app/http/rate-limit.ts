import type { RequestHandler, Response } from "express";
import { HttpProblem, sendProblem } from "./problem.ts";

/** Specification section 7.3. */
export const REQUESTS_PER_SECOND = 100;

export interface Bucket {
  /** Takes one. @returns 0, or the milliseconds until there is one again */
  take(): number;
}

/** A token bucket that starts full. @param now milliseconds, monotonic @param holds by default one second's worth */
export function tokenBucket(perSecond: number, now: () => number, holds = perSecond): Bucket {
  let tokens = holds;
  let at = now();
  return {
    take: () => {
      const time = now();
      tokens = Math.min(holds, tokens + ((time - at) * perSecond) / 1000);
      at = time;
      if (tokens < 1) return Math.ceil(((1 - tokens) * 1000) / perSecond);
      tokens -= 1;
      return 0;
    },
  };
}

/** How much each of many callers may ask for. */
export interface Allowance {
  readonly perSecond: number;
  /** At once, after a pause. */
  readonly holds: number;
}

/** Callers that are remembered; the one who has been silent longest is forgotten, and starts anew. */
const MOST_CALLERS = 20_000;

/** One bucket per caller. @param now milliseconds, monotonic */
export function bucketPerCaller(allowance: Allowance, now: () => number, most = MOST_CALLERS) {
  const buckets = new Map<string, Bucket>();
  return {
    /** Takes one. @returns 0, or the milliseconds until there is one again */
    take(caller: string): number {
      const bucket = buckets.get(caller) ?? tokenBucket(allowance.perSecond, now, allowance.holds);
      buckets.delete(caller);
      buckets.set(caller, bucket);
      if (buckets.size > most) {
        for (const silent of buckets.keys()) {
          buckets.delete(silent);
          break;
        }
      }
      return bucket.take();
    },
  };
}
export type BucketPerCaller = ReturnType<typeof bucketPerCaller>;

/** @throws {HttpProblem} 429 when the caller has used up what is theirs */
export function takeOrRefuse(buckets: BucketPerCaller, caller: string): void {
  const waitMs = buckets.take(caller);
  if (waitMs > 0) throw problemOfLimit("That was too much at once from one place.", waitMs);
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
  sendProblem(response, problemOfLimit(`This instance takes ${REQUESTS_PER_SECOND} requests a second.`, waitMs));
}

function problemOfLimit(what: string, waitMs: number): HttpProblem {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new HttpProblem({
    status: 429,
    code: "rate_limited",
    title: "Too many requests",
    detail: `${what} Try again in ${seconds} s.`,
    headers: { "retry-after": String(seconds) },
  });
}
