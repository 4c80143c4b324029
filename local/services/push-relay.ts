import type { GoogleIdentity } from "../google-identity.ts";
import type { PushSeen } from "./monitoring/index.ts";
import type { PubSubEmulator, PubSubMessage } from "./pubsub-emulator.ts";
import { PushAttempts, type PushPolicy } from "./push-attempts.ts";

/** Where a push subscription's messages go, as the program declared it. */
export interface PushRoute {
  /** The subscription's full name, `projects/p/subscriptions/s`. */
  readonly subscription: string;
  readonly endpoint: string;
  /** Without one the request carries no identity, as in Pub/Sub itself. */
  readonly oidc?: { readonly email: string; readonly audience: string };
  /** Google gives the endpoint this long to answer. Seconds. */
  readonly ackDeadlineSeconds: number;
  readonly policy: PushPolicy;
}

export interface PushRoutes {
  set(name: string, route: PushRoute): void;
  get(name: string): PushRoute | undefined;
  delete(name: string): void;
}

export interface PushAnswer {
  readonly status: number;
  /** For the log: which message it was, and what became of it. */
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

export interface PushRelayOptions {
  readonly routes: PushRoutes;
  readonly identity: GoogleIdentity;
  readonly publish: PubSubEmulator["publish"];
  /** @default nobody is told */
  readonly onPush?: (push: PushSeen) => void;
}

/**
 * Hands the emulator's pushes to their endpoints, signed as Google would sign them: the emulator itself sends no
 * identity. What the endpoint does not acknowledge in time goes back to the emulator as a refusal, so that it retries;
 * after the last attempt that the subscription allows it becomes a dead letter.
 */
export function createPushRelay({ routes, identity, publish, onPush = () => undefined }: PushRelayOptions) {
  const attempts = new PushAttempts();

  /** The endpoint's answer in a word, and whether it took the message. */
  async function hand(route: PushRoute, payload: unknown): Promise<PushAnswer> {
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
      return { status: response.status, outcome: `answered ${response.status}` };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const late = error.name === "TimeoutError";
      return {
        status: late ? 504 : 503,
        outcome: late ? `no answer within ${route.ackDeadlineSeconds} s` : `not reached: ${causeOf(error)}`,
      };
    }
  }

  return {
    async relay(name: string, body: string): Promise<PushAnswer> {
      const route = routes.get(name);
      if (!route) return { status: 404, outcome: `no push subscription "${name}"` };
      const pushed = JSON.parse(body) as Pushed;
      const messageId = pushed.message?.messageId ?? "";
      const key = `${name} ${messageId}`;
      const publishedAt = Date.parse(pushed.message?.publishTime ?? "") || Date.now();
      const tell = (acknowledged: boolean) => onPush({ subscription: name, messageId, publishedAt, acknowledged });
      tell(false);
      const { deadLetter } = route.policy;
      const deliveryAttempt = attempts.begin(key, Date.now());
      // Google tells the attempt only when there is a dead-letter policy.
      const answer = await hand(route, deadLetter ? { deliveryAttempt, ...pushed } : pushed);
      const outcome = `${messageId} ${answer.outcome}`;
      if (!ACKNOWLEDGED.has(answer.status)) {
        const exhausted = attempts.failed(key, Date.now(), route.policy);
        if (!exhausted || !deadLetter) return { ...answer, outcome };
        await publish(deadLetter.topic, deadLetterOf(pushed, name, deliveryAttempt));
      }
      attempts.done(key);
      tell(true);
      return { status: 204, outcome };
    },
  };
}

interface Pushed {
  readonly message?: PubSubMessage & { readonly messageId?: string; readonly publishTime?: string };
}

/** With what Pub/Sub says of where it came from: https://cloud.google.com/pubsub/docs/handling-failures */
function deadLetterOf({ message }: Pushed, subscription: string, deliveryAttempt: number): PubSubMessage {
  return {
    ...(message?.data !== undefined && { data: message.data }),
    attributes: {
      ...message?.attributes,
      CloudPubSubDeadLetterSourceDeliveryCount: String(deliveryAttempt),
      CloudPubSubDeadLetterSourceSubscription: subscription,
      CloudPubSubDeadLetterSourceTopicPublishTime: message?.publishTime ?? "",
    },
  };
}

function causeOf(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message;
}
