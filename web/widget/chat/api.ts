import type { Sent } from "../../../app/webchat/send.ts";
import type { VisitorFile, VisitorMessage, VisitorState } from "../../../app/webchat/view.ts";
import { readEvents, type StreamEvent } from "./sse.ts";

export type { VisitorFile, VisitorMessage, VisitorState };

export interface OpenedSession {
  readonly token: string;
  readonly visitor: { readonly id: string; readonly identified: boolean; readonly name?: string };
}

export interface MessagesPage {
  /** Latest first. */
  readonly messages: readonly VisitorMessage[];
  readonly state: VisitorState;
  readonly streamFrom: string;
  readonly next?: string;
}

export interface Outgoing {
  readonly text?: string;
  readonly uploadId?: string;
  readonly clientMessageId: string;
  readonly name?: string;
  readonly form?: Readonly<Record<string, string>>;
}

/** The server's own refusal. Everything else that a call throws means that it was not reached. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  /** How long the server asks to be left alone, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  constructor(status: number, code: string, retryAfterMs: number | undefined) {
    super(code);
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Longer than the server's own six seconds, and than a cold start. */
const TIMEOUT_MS = 25_000;
/** 10 MB over a slow phone. */
const UPLOAD_TIMEOUT_MS = 120_000;

/** The chat's calls to the server. Every one throws {@link Refused}, or what `fetch` throws. */
export interface Api {
  session(credentials: { readonly token?: string; readonly identity?: string }): Promise<OpenedSession>;
  messages(token: string, cursor?: string): Promise<MessagesPage>;
  send(token: string, message: Outgoing): Promise<Sent>;
  /** @returns what to name the file by when it is sent */
  upload(token: string, file: File): Promise<string>;
  read(token: string, upTo: string): Promise<void>;
  stream(token: string, lastEventId: string | undefined, signal: AbortSignal): AsyncIterable<StreamEvent>;
}

export function createApi(base: string, call: typeof fetch = fetch): Api {
  const request = async (path: string, init: RequestInit, token?: string): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
    if (typeof init.body === "string") headers.set("content-type", "application/json");
    const response = await call(`${base}/api/omni/web/${path}`, {
      ...init,
      headers,
      credentials: "omit",
      cache: "no-store",
    });
    if (response.ok) return response;
    const problem = (await response.json().catch(() => ({}))) as { code?: string };
    const seconds = Number(response.headers.get("retry-after"));
    throw new Refused(response.status, problem.code ?? "", seconds > 0 ? seconds * 1000 : undefined);
  };
  const json = async <T>(path: string, init: RequestInit = {}, token?: string): Promise<T> =>
    (await request(path, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) }, token)).json() as Promise<T>;
  const post = (body: unknown): RequestInit => ({ method: "POST", body: JSON.stringify(body) });

  return {
    session: (credentials) => json("session", post(credentials)),
    messages: (token, cursor) =>
      json(`messages${cursor === undefined ? "" : `?cursor=${encodeURIComponent(cursor)}`}`, {}, token),
    send: (token, message) => json("send", post(message), token),
    upload: async (token, file) => {
      const path = `attachments?fileName=${encodeURIComponent(file.name.slice(0, 240) || "file")}`;
      const init = { method: "POST", body: file, signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS) };
      return ((await (await request(path, init, token)).json()) as { uploadId: string }).uploadId;
    },
    read: async (token, upTo) => {
      await request("read", { ...post({ upTo }), signal: AbortSignal.timeout(TIMEOUT_MS) }, token);
    },
    async *stream(token, lastEventId, signal) {
      const headers = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
      const { body } = await request("stream", { headers, signal }, token);
      if (body) yield* readEvents(body);
    },
  };
}
