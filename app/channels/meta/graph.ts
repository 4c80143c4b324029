import * as z from "zod";
import type { MetaChannelName, OutboundFile, SendFailure } from "../channel.ts";
import { adviceFor, byStatus, classify } from "./failures.ts";
import { multipart } from "./multipart.ts";
import { retryAfterMs, usageWaitMs } from "./usage.ts";

/** How to reach Graph with one token. */
export interface GraphOptions {
  readonly channel: MetaChannelName;
  /** `https://graph.facebook.com`, or a simulator. */
  readonly baseUrl: string;
  /** `v26.0` */
  readonly version: string;
  readonly token: string;
  /** For one call, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
  /** Unix milliseconds. */
  readonly now?: () => number;
}

export type GraphAnswer =
  | { readonly ok: true; readonly body: unknown }
  | {
      readonly ok: false;
      readonly failure: SendFailure;
      readonly code: number;
      readonly message: string;
      readonly retryAfterMs?: number;
    };

export interface Graph {
  /** Posts JSON to `/{version}/{path}`. Never throws: every fault is an answer with what can be done about it. */
  post(path: string, body: unknown): Promise<GraphAnswer>;
  /** Reads `/{version}/{path}`, query included. Never throws, as {@link Graph.post}. */
  get(path: string): Promise<GraphAnswer>;
  /** Posts a file with fields beside it as a form. Never throws, as {@link Graph.post}. */
  upload(path: string, file: OutboundFile, fields: Readonly<Record<string, string>>): Promise<GraphAnswer>;
}

const DEFAULT_TIMEOUT_MS = 10_000;
/** For a file of up to 100 MB. */
const UPLOAD_TIMEOUT_MS = 45_000;
/** Never believe a wait longer than this; the next answer will say it again. */
const LONGEST_PAUSE_MS = 3_600_000;

const errorBody = z.object({
  error: z.object({
    message: z.string().catch(""),
    code: z.coerce.number().catch(-1),
    error_subcode: z.coerce.number().optional().catch(undefined),
    error_data: z
      .object({ details: z.string().optional().catch(undefined) })
      .optional()
      .catch(undefined),
  }),
});

/** Faults of the network after which the request certainly never left. */
const NEVER_LEFT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
const NEVER_CONNECTED = "UND_ERR_CONNECT_TIMEOUT";

/**
 * A small Graph client. While Meta says how long an account must be left alone, further calls answer at once with what
 * is left of that time, because "continuing API calls during throttling extends the wait".
 * Source: https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
export function createGraph(options: GraphOptions): Graph {
  const now = options.now ?? Date.now;
  const request = options.fetch ?? fetch;
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  let pausedUntil = 0;

  const base = `${options.baseUrl.replace(/\/+$/, "")}/${options.version}`;

  const call = async (path: string, how: RequestInit, patience = timeoutMs): Promise<GraphAnswer> => {
    const left = pausedUntil - now();
    if (left > 0) return paused(left);
    try {
      const headers = { authorization: `Bearer ${options.token}`, ...how.headers };
      const response = await request(`${base}/${path}`, { ...how, headers, signal: AbortSignal.timeout(patience) });
      const text = await response.text();
      const wait = usageWaitMs(response.headers);
      const answer = response.ok
        ? { ok: true as const, body: parseJson(text) }
        : failed(options.channel, response, text, wait, now());
      if (wait > 0) pausedUntil = now() + Math.min(wait, LONGEST_PAUSE_MS);
      return answer;
    } catch (error) {
      return unreachable(error);
    }
  };

  return {
    post: (path, body) =>
      call(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    get: (path) => call(path, {}),
    upload(path, file, fields) {
      const { contentType, body } = multipart(file, fields);
      const headers = { "content-type": contentType };
      // A stream is sent while the answer is awaited; the platform's types do not know the field that says so.
      const streamed: RequestInit & { duplex: "half" } = { method: "POST", headers, body, duplex: "half" };
      return call(path, streamed, UPLOAD_TIMEOUT_MS);
    },
  };
}

function failed(channel: MetaChannelName, response: Response, text: string, wait: number, now: number): GraphAnswer {
  const parsed = errorBody.safeParse(parseJson(text));
  const asked = Math.max(wait, retryAfterMs(response.headers.get("retry-after"), now) ?? 0);
  if (!parsed.success) {
    return withWait(
      { ok: false, failure: byStatus(response.status), code: -1, message: `Graph answered HTTP ${response.status}` },
      asked,
    );
  }
  const { code, error_subcode: subcode, message, error_data: data } = parsed.data.error;
  const { failure, once, retryAfterMs: own = 0 } = classify(channel, response.status, code, subcode);
  const advice = adviceFor(code, subcode) ?? ([message, data?.details].filter(Boolean).join(": ") || `error ${code}`);
  return withWait({ ok: false, failure, ...(once && { once }), code, message: advice }, Math.max(asked, own));
}

function withWait(answer: Extract<GraphAnswer, { ok: false }>, wait: number): GraphAnswer {
  return wait > 0 ? { ...answer, retryAfterMs: wait } : answer;
}

function paused(left: number): GraphAnswer {
  return {
    ok: false,
    failure: "retry",
    code: 4,
    message: "A Meta pediu uma pausa nos envios desta conta. O envio será repetido.",
    retryAfterMs: left,
  };
}

function unreachable(error: unknown): GraphAnswer {
  const code = networkCode(error);
  const neverLeft = code !== undefined && (NEVER_LEFT.has(code) || code === NEVER_CONNECTED);
  return {
    ok: false,
    failure: neverLeft ? "retry" : "unknown",
    code: -1,
    message: neverLeft
      ? `Graph could not be reached (${code})`
      : `Graph did not answer (${code ?? nameOf(error)}); the message may have been delivered`,
  };
}

/** The system's code, from the error itself or from what fetch wraps. */
function networkCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  if (error instanceof AggregateError) return networkCode(error.errors[0]);
  return networkCode(error.cause);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "unknown error";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: a gateway's own page. The HTTP status then decides.
    return undefined;
  }
}
