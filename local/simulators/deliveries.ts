import { setTimeout as wait } from "node:timers/promises";
import type { MetaChannelName } from "../../app/channels/channel.ts";
import { SimulatorError } from "./errors.ts";
import { sign } from "./sign.ts";
import type { World } from "./world.ts";

/** Meta gives up on an attempt after five seconds (Messenger platform, webhooks). */
const ATTEMPT_TIMEOUT_MS = 5_000;

/**
 * Redelivery: at once, then with decreasing frequency. Meta goes on for 36 hours to 7 days; here the whole of it is
 * over in about two minutes, so that a drill can be watched.
 */
export const RETRY_DELAYS_MS: readonly number[] = [0, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000];

export interface Target {
  readonly url: string;
  readonly appSecret: string;
}

/** What the webhook said to one attempt. `status` 0: nothing came back. */
export interface Attempt {
  readonly status: number;
  readonly answer: string;
  readonly durationMs: number;
}

export interface DeliveryOptions {
  /** Redeliver until it answers 200. @default true */
  readonly retry?: boolean;
  /** `wrong` and `none` are what a stranger would send. @default "valid" */
  readonly signature?: "valid" | "wrong" | "none";
  /** Called after each attempt, also the later ones. */
  readonly onAttempt?: (attempt: Attempt, attemptNumber: number) => void;
  /** One word for the log. */
  readonly what: string;
  readonly customer?: string;
}

/** Carries webhooks to the app as Meta does: signed over the raw bytes, again and again until it answers 200. */
export class Deliveries {
  readonly #world: World;
  readonly #target: (channel: MetaChannelName) => Target | undefined;
  readonly #retryDelaysMs: readonly number[];
  readonly #closing = new AbortController();
  /** Webhooks that wait for their next attempt. */
  pending = 0;

  constructor(options: {
    world: World;
    target: (channel: MetaChannelName) => Target | undefined;
    retryDelaysMs?: readonly number[];
  }) {
    this.#world = options.world;
    this.#target = options.target;
    this.#retryDelaysMs = options.retryDelaysMs ?? RETRY_DELAYS_MS;
  }

  /** Sends `raw` once and answers what came back; redelivery goes on in the background. */
  async deliver(channel: MetaChannelName, raw: string, options: DeliveryOptions): Promise<Attempt> {
    const target = this.#target(channel);
    if (!target) {
      throw new SimulatorError(
        409,
        "not_connected",
        "No webhook is subscribed yet. Start the stack (`npm start`), or call connect() with its webhook URLs.",
      );
    }
    const first = await this.#attempt(channel, target, raw, options, 1);
    if (first.status !== 200 && options.retry !== false) void this.#redeliver(channel, raw, options);
    return first;
  }

  /** Ends every attempt and forgets what was to be redelivered. */
  close(): void {
    this.#closing.abort();
  }

  async #redeliver(channel: MetaChannelName, raw: string, options: DeliveryOptions): Promise<void> {
    this.pending += 1;
    try {
      for (const [index, delay] of this.#retryDelaysMs.entries()) {
        await wait(delay, undefined, { signal: this.#closing.signal });
        const target = this.#target(channel);
        if (!target) break;
        this.#world.count("webhooks.redelivered");
        const attempt = await this.#attempt(channel, target, raw, options, index + 2);
        if (attempt.status === 200) return;
      }
      this.#world.count("webhooks.givenUp");
      this.#world.note({ about: "webhook", channel, ok: false, text: `${options.what}: given up` });
    } catch (error) {
      if (!this.#closing.signal.aborted) throw error;
    } finally {
      this.pending -= 1;
    }
  }

  async #attempt(channel: MetaChannelName, target: Target, raw: string, options: DeliveryOptions, number: number) {
    const bytes = Buffer.from(raw, "utf8");
    const started = performance.now();
    const result = await this.#post(target, bytes, options.signature ?? "valid");
    const attempt: Attempt = { ...result, durationMs: Math.round(performance.now() - started) };
    const ok = attempt.status === 200;
    this.#world.count(`webhooks.${ok ? "accepted" : "refused"}.${channel}`);
    this.#world.note({
      about: "webhook",
      channel,
      ok,
      ...(options.customer === undefined ? {} : { customer: options.customer }),
      text: `${options.what} → ${attempt.status || attempt.answer} (${attempt.durationMs} ms${number > 1 ? `, ${number}×` : ""})`,
    });
    options.onAttempt?.(attempt, number);
    return attempt;
  }

  async #post(target: Target, bytes: Buffer, signature: "valid" | "wrong" | "none") {
    const headers: Record<string, string> = { "content-type": "application/json", "user-agent": "facebookexternalua" };
    if (signature === "valid") headers["x-hub-signature-256"] = sign(bytes, target.appSecret);
    if (signature === "wrong") headers["x-hub-signature-256"] = sign(bytes, `not ${target.appSecret}`);
    try {
      const response = await fetch(target.url, {
        method: "POST",
        headers,
        body: new Uint8Array(bytes),
        redirect: "manual",
        signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]),
      });
      return { status: response.status, answer: (await response.text()).slice(0, 2_000) };
    } catch (error) {
      return { status: 0, answer: reason(error) };
    }
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no answer within ${ATTEMPT_TIMEOUT_MS / 1000} s`;
  const cause = error.cause instanceof Error ? error.cause.message : "";
  return cause || error.message;
}
