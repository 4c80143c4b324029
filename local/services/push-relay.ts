import type { GoogleIdentity } from "../google-identity.ts";
import type { PushSeen } from "./monitoring/index.ts";

/** Where a push subscription's messages go, as the program declared it. */
export interface PushRoute {
  /** The subscription's full name, `projects/p/subscriptions/s`. */
  readonly subscription: string;
  readonly endpoint: string;
  /** Without one the request carries no identity, as in Pub/Sub itself. */
  readonly oidc?: { readonly email: string; readonly audience: string };
  /** Google gives the endpoint this long to answer. Seconds. */
  readonly ackDeadlineSeconds: number;
  /** Google tells the attempt only when there is a dead-letter policy. */
  readonly countsAttempts: boolean;
}

export interface PushRoutes {
  set(name: string, route: PushRoute): void;
  get(name: string): PushRoute | undefined;
  delete(name: string): void;
}

export interface PushAnswer {
  readonly status: number;
  /** For the log: what became of it. */
  readonly outcome: string;
}

export function createPushRoutes(): PushRoutes {
  const routes = new Map<string, PushRoute>();
  return {
    set: (name, route) => void routes.set(name, route),
    get: (name) => routes.get(name),
    delete: (name) => void routes.delete(name),
  };
}

/** What Google takes as an acknowledgement (https://cloud.google.com/pubsub/docs/push#receive_push). */
const ACKNOWLEDGED = new Set([102, 200, 201, 202, 204]);
/** Attempts are counted for messages under way; this many at most are remembered. */
const MAX_COUNTED = 10_000;

/**
 * Hands the emulator's pushes to their endpoints, signed as Google would sign them: the emulator itself sends no
 * identity. What the endpoint does not acknowledge in time goes back to the emulator as a refusal, so that it retries.
 */
export function createPushRelay(
  routes: PushRoutes,
  identity: GoogleIdentity,
  onPush: (push: PushSeen) => void = () => undefined,
) {
  const attempts = new Map<string, number>();

  function countAttempt(key: string): number {
    const attempt = (attempts.get(key) ?? 0) + 1;
    attempts.delete(key);
    attempts.set(key, attempt);
    const oldest = attempts.keys().next();
    if (attempts.size > MAX_COUNTED && !oldest.done) attempts.delete(oldest.value);
    return attempt;
  }

  return {
    async relay(name: string, body: string): Promise<PushAnswer> {
      const route = routes.get(name);
      if (!route) return { status: 404, outcome: `no push subscription "${name}"` };
      const pushed = JSON.parse(body) as { message?: { messageId?: string; publishTime?: string } };
      const messageId = pushed.message?.messageId ?? "";
      const key = `${name} ${messageId}`;
      const publishedAt = Date.parse(pushed.message?.publishTime ?? "") || Date.now();
      const tell = (acknowledged: boolean) => onPush({ subscription: name, messageId, publishedAt, acknowledged });
      tell(false);
      const payload = route.countsAttempts ? { deliveryAttempt: countAttempt(key), ...pushed } : pushed;
      const headers: Record<string, string> = {
        "content-type": "application/json",
        "user-agent": "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)",
      };
      if (route.oidc) headers.authorization = `Bearer ${await identity.token(route.oidc)}`;
      try {
        const response = await fetch(route.endpoint, {
          method: "POST",
          headers,
          body: JSON.stringify(payload),
          redirect: "manual",
          signal: AbortSignal.timeout(route.ackDeadlineSeconds * 1000),
        });
        await response.body?.cancel();
        if (ACKNOWLEDGED.has(response.status)) {
          attempts.delete(key);
          tell(true);
        }
        return { status: response.status, outcome: `answered ${response.status}` };
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        const late = error.name === "TimeoutError";
        return {
          status: late ? 504 : 503,
          outcome: late ? `no answer within ${route.ackDeadlineSeconds} s` : `not reached: ${causeOf(error)}`,
        };
      }
    },
  };
}

function causeOf(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message;
}
