import { type ChannelEvent, type MetaChannelName, providerIdOf } from "../channels/channel.ts";
import type { Parsers } from "../channels/create.ts";
import { verifySignature } from "../channels/signature.ts";
import type { MediaQueue, RepliesQueue } from "../conversations/model.ts";
import { type Log, traceFrom, withTrace } from "../telemetry/log.ts";
import type { DeliveryFields } from "../telemetry/measured.ts";
import { type Breaker, createBreaker } from "./breaker.ts";
import { whenSettled } from "./deadline.ts";
import { isMetaChannel, readEvents } from "./events.ts";
import { answerHandshake, type Query } from "./handshake.ts";
import { createMeter } from "./meter.ts";
import type { InboundStore, Persisted } from "./persist.ts";
import { type InboundResponse, PROBLEMS } from "./problem.ts";
import type { FallbackQueue } from "./queue.ts";
import { logEvents, SHORT_NAMES } from "./receive-log.ts";

/** A request, whatever server it came through. */
export interface InboundRequest {
  readonly method: string;
  /** The last part of the path. */
  readonly channel: string;
  query(): Query;
  /** By lower-case name. */
  readonly header: (name: string) => string | undefined;
  /** The untouched bytes; absent on GET. */
  readonly rawBody: Buffer | undefined;
}

export type Receive = (request: InboundRequest) => Promise<InboundResponse>;

export interface ReceiveOptions {
  readonly parsers: Parsers;
  /** Any of them may have signed. */
  readonly appSecrets: readonly string[];
  /** Any of them may be asked for. */
  readonly verifyTokens: readonly string[];
  readonly store: InboundStore;
  readonly replies: RepliesQueue;
  readonly media: MediaQueue;
  readonly fallback: FallbackQueue;
  readonly log: Log;
  /** Unix milliseconds. Default the system's clock. */
  readonly now?: () => number;
  /** Deliveries that may be under way at once. Default 256. */
  readonly maxInFlight?: number;
  /** How long the store, and then the fallback, may take, in milliseconds. Default 2,000: together within Meta's 5 s. */
  readonly timeoutMs?: number;
}

/** Meta sends at most 3 MB. https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/overview */
export const MAX_BODY_BYTES = 4 * 1024 * 1024;
const MAX_IN_FLIGHT = 256;
/** Bodies that may be held at once: an instance has 512 MiB, and a parsed body takes several times its bytes. */
const MAX_BYTES_IN_FLIGHT = 32 * 1024 * 1024;
const TIMEOUT_MS = 2_000;
const NO_BYTES = Buffer.alloc(0);

/** No header of ours: Meta reads the status only, and each one costs a part of what the whole delivery does. */
const ACCEPTED: InboundResponse = { status: 200, headers: {}, body: "EVENT_RECEIVED" };

/**
 * Meta's webhook: verify the raw bytes, parse, store, ask for answers, and only then acknowledge. A 200 means that every
 * event is durably stored, or durably queued to be; anything else makes Meta deliver again.
 */
export function createReceive(options: ReceiveOptions): Receive {
  const now = options.now ?? Date.now;
  const meter = createMeter(options.maxInFlight ?? MAX_IN_FLIGHT, MAX_BYTES_IN_FLIGHT);

  const breaker = createBreaker(now);
  const refuse = (request: InboundRequest, channel: MetaChannelName, bytes: number): InboundResponse => {
    options.log.warn(
      { event: "webhook_rejected", bytes, from: request.header("x-forwarded-for"), ...refusal(channel, "rejected") },
      `[Omni ${SHORT_NAMES[channel]}] Webhook com assinatura inválida`,
    );
    return PROBLEMS.signature;
  };

  return (request) => {
    const { channel } = request;
    if (!isMetaChannel(channel)) return Promise.resolve(PROBLEMS.channel);
    if (request.method === "GET") return Promise.resolve(answerHandshake(request.query(), options.verifyTokens));
    if (request.method !== "POST") return Promise.resolve(PROBLEMS.method);
    const body = request.rawBody ?? NO_BYTES;
    if (body.length > MAX_BODY_BYTES) return Promise.resolve(PROBLEMS.size);
    if (!verifySignature(body, request.header("x-hub-signature-256"), options.appSecrets)) {
      return Promise.resolve(refuse(request, channel, body.length));
    }
    const leave = meter.enter(body.length);
    if (!leave) {
      options.log.warn({ event: "webhook_busy", ...refusal(channel, "busy") }, "Too many deliveries at once");
      return Promise.resolve(PROBLEMS.busy);
    }
    const trace = traceFrom(request.header);
    return withTrace(trace, () => accept(options, breaker, channel, body, { trace, began: now(), now, leave }));
  };
}

/** What is answered before anything is done. */
function refusal(channel: MetaChannelName, delivery: "rejected" | "busy"): DeliveryFields {
  const { status } = delivery === "busy" ? PROBLEMS.busy : PROBLEMS.signature;
  return { channel, delivery, status, latencyMs: 0 };
}

interface Delivery {
  readonly trace: string;
  /** Unix milliseconds. */
  readonly began: number;
  readonly now: () => number;
  /** Makes room for the next one. */
  readonly leave: () => void;
}

/** Stores, asks for answers, acknowledges; where the store fails, queues instead. Never rejects. */
function accept(
  options: ReceiveOptions,
  breaker: Breaker,
  path: MetaChannelName,
  body: Buffer,
  delivery: Delivery,
): Promise<InboundResponse> {
  const { log } = options;
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const events = readEvents(options.parsers, path, body, delivery.began);
  return new Promise((resolve) => {
    const answer = (response: InboundResponse) => {
      delivery.leave();
      resolve(response);
    };
    const stored = (persisted: Persisted) => {
      breaker.succeeded();
      const acknowledge = () => {
        logEvents(log, events, persisted, {
          channel: path,
          delivery: "stored",
          status: ACCEPTED.status,
          latencyMs: delivery.now() - delivery.began,
        });
        answer(ACCEPTED);
      };
      if (persisted.awaiting.length === 0 && persisted.withFiles.length === 0) acknowledge();
      else askForWork(options, persisted, delivery.trace, timeoutMs, acknowledge);
    };
    const queue = () => queueInstead(options, path, events, delivery, timeoutMs, answer);
    if (!breaker.allows()) return queue();
    whenSettled(timeoutMs, options.store.persist(events, delivery), stored, (error) =>
      // A deadline is noticed in some other delivery's context.
      withTrace(delivery.trace, () => {
        breaker.failed();
        log.error({ err: error, event: "store_failed", channel: path, events: events.length }, "Events not stored");
        queue();
      }),
    );
  });
}

/** The queue keeps what the store does not take; without either of them Meta has to deliver again. */
function queueInstead(
  options: ReceiveOptions,
  channel: MetaChannelName,
  events: readonly ChannelEvent[],
  delivery: Delivery,
  timeoutMs: number,
  answer: (response: InboundResponse) => void,
): void {
  const { log } = options;
  const { trace } = delivery;
  const count = events.length;
  const answered = (what: "queued" | "unavailable", { status }: InboundResponse): DeliveryFields => ({
    channel,
    delivery: what,
    status,
    latencyMs: delivery.now() - delivery.began,
  });
  const queued = () => {
    const providerIds = events.flatMap((event) => providerIdOf(event) ?? []);
    const fields = { event: "webhook_fallback", events: count, providerIds, ...answered("queued", ACCEPTED) };
    log.warn(fields, "Events queued to be stored later");
    answer(ACCEPTED);
  };
  whenSettled(timeoutMs, options.fallback.publish(events, { trace }), queued, (error) => {
    const fields = { event: "webhook_unavailable", events: count, ...answered("unavailable", PROBLEMS.unavailable) };
    log.error({ err: error, ...fields }, "Events neither stored nor queued");
    answer(PROBLEMS.unavailable);
  });
}

/** A job that cannot be published is no loss: the sweep looks for what waits. */
function askForWork(
  options: ReceiveOptions,
  { awaiting, withFiles }: Persisted,
  trace: string,
  timeoutMs: number,
  done: () => void,
): void {
  const jobs = awaiting.map((conversationId) => options.replies.publish({ conversationId, trace }));
  for (const messageId of withFiles) jobs.push(options.media.publish({ messageId, trace }));
  const [only] = jobs;
  const published: Promise<unknown> = jobs.length === 1 && only ? only : Promise.all(jobs);
  whenSettled(timeoutMs, published, done, (error) => {
    options.log.warn(
      { err: error, event: "replies_publish_failed", conversations: awaiting, withFiles },
      "The sweep will find these",
    );
    done();
  });
}
