import type { Conversation } from "./model.ts";
import { readFound } from "./read-found.ts";

/** What the API answered instead of doing it, or why it could not be asked. */
export class ApiError extends Error {
  /** The problem's stable code, `network` when nothing came back, `http` when the answer explains nothing. */
  readonly code: string;
  /** HTTP status; 0 when nothing came back. */
  readonly status: number;

  constructor(code: string, status: number, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = "ApiError";
    this.code = code;
    this.status = status;
  }
}

export interface SendMessage {
  readonly conversationId: string;
  /** What it says; with a template, what it will say once Meta has filled it in. */
  readonly text: string;
  readonly template?: TemplateChoice;
  /** A file that was uploaded for this conversation; the text is its caption. */
  readonly uploadId?: string;
  /** Our id of the message that it answers. */
  readonly replyTo?: string;
  /** Time of the newest message before the author, in Unix milliseconds: refused when a colleague answered after it. */
  readonly seenAt?: number;
  /** Made once for each message written, so that sending it again never sends it twice. */
  readonly clientMessageId: string;
}

export interface TemplateChoice {
  readonly name: string;
  readonly language: string;
  readonly parameters: readonly string[];
}

export interface NewNote {
  readonly text: string;
  /** uids */
  readonly mentions: readonly string[];
  readonly clientNoteId: string;
}

export interface LaterMessage {
  readonly text: string;
  /** Unix milliseconds. */
  readonly dueAt: number;
  readonly clientMessageId: string;
}

/** A file that waits to be sent. */
export interface Upload {
  readonly uploadId: string;
  readonly type: "image" | "video" | "audio" | "document" | "sticker";
}

/** Where a file can be read, for some minutes. */
export interface FileLink {
  readonly url: string;
  readonly mimeType: string;
}

/** The actions of an agent. Each resolves when it is done and throws {@link ApiError} when it is not. */
export interface InboxApi {
  /** @returns the id of the stored message */
  send(message: SendMessage): Promise<string>;
  assign(conversationId: string, assignee: string | null): Promise<void>;
  setMode(conversationId: string, mode: "bot" | "human"): Promise<void>;
  setStatus(conversationId: string, status: "active" | "closed"): Promise<void>;
  markRead(conversationId: string): Promise<void>;
  /** @param until Unix milliseconds; null takes it up again */
  snooze(conversationId: string, until: number | null): Promise<void>;
  note(conversationId: string, note: NewNote): Promise<void>;
  tellPresence(conversationId: string, state: "viewing" | "typing" | "away"): Promise<void>;
  schedule(conversationId: string, message: LaterMessage): Promise<void>;
  cancelScheduled(id: string): Promise<void>;
  /** Lets colleagues assign and mention whoever is here. */
  arrive(): Promise<void>;
  /** Ends this person's sessions on every machine. */
  signOutEverywhere(): Promise<void>;
  /** Looks through all conversations and what was said in them. */
  search(words: string): Promise<readonly Conversation[]>;
  /** What the platform knows of the customer, a line each. */
  platformFacts(conversationId: string): Promise<readonly string[]>;
  /** @throws {ApiError} `attachment_pending`, `attachment_unavailable` */
  fileLink(messageId: string, index: number): Promise<FileLink>;
  /** @throws {ApiError} `file_too_large`, `file_type_refused`, `file_empty` */
  upload(conversationId: string, file: File): Promise<Upload>;
}

export interface ApiPorts {
  readonly fetch: typeof fetch;
  /** A Firebase ID token of the person signed in. */
  readonly token: () => Promise<string>;
  /** True while the page is being left: what was pressed just before still goes out. */
  readonly leaving: () => boolean;
}

export function inboxApi(ports: ApiPorts): InboxApi {
  const post = (path: string, body: Readonly<Record<string, unknown>>) => callApi(ports, path, body);
  const get = async (path: string) => fieldsOf(await (await callApi(ports, path)).json());
  const at = (id: string) => `/api/omni/conversations/${encodeURIComponent(id)}`;
  const act = async (id: string, action: string, body: Readonly<Record<string, unknown>> = {}): Promise<void> => {
    await post(`${at(id)}/${action}`, body);
  };
  return {
    send: async ({ template, text, seenAt, ...message }) => {
      const seen = seenAt === undefined ? {} : { seenAt: new Date(seenAt).toISOString() };
      const words = text === "" ? {} : { text };
      const content = template === undefined ? words : { template };
      return messageIdOf(await post("/api/omni/messages", { ...message, ...content, ...seen }));
    },
    assign: (id, assignee) => act(id, "assign", { assignee }),
    setMode: (id, mode) => act(id, "mode", { mode }),
    setStatus: (id, status) => act(id, status === "closed" ? "close" : "reopen"),
    markRead: (id) => act(id, "read"),
    snooze: (id, until) => act(id, "snooze", { until: until === null ? null : new Date(until).toISOString() }),
    note: (id, note) => act(id, "notes", { ...note }),
    tellPresence: (id, state) => act(id, "presence", { state }),
    schedule: (id, { dueAt, ...message }) => act(id, "schedule", { ...message, dueAt: new Date(dueAt).toISOString() }),
    cancelScheduled: async (id) => void (await post(`/api/omni/scheduled/${id}/cancel`, {})),
    arrive: async () => void (await post("/api/omni/agents/me", {})),
    signOutEverywhere: async () => void (await post("/api/omni/agents/me/sign-out", {})),
    search: async (words) => {
      const found = (await get(`/api/omni/search?${new URLSearchParams({ q: words })}`)).get("found");
      return Array.isArray(found) ? found.flatMap((one) => readFound(one) ?? []) : [];
    },
    platformFacts: async (id) => {
      const facts = (await get(`${at(id)}/facts`)).get("facts");
      return Array.isArray(facts) ? facts.filter((fact) => typeof fact === "string") : [];
    },
    upload: async (conversationId, file) => {
      const query = new URLSearchParams({ conversationId, fileName: file.name.slice(0, 240) });
      const response = await askWith(ports, `/api/omni/attachments?${query}`, {
        method: "POST",
        headers: { "content-type": "application/octet-stream" },
        body: file,
      });
      if (!response.ok) throw await problemOf(response);
      const uploaded = fieldsOf(await response.json());
      const type = UPLOAD_TYPES.find((known) => known === uploaded.get("type")) ?? "document";
      return { uploadId: String(uploaded.get("uploadId")), type };
    },
    fileLink: async (messageId, index) => {
      const link = await get(`/api/omni/attachments/${encodeURIComponent(messageId)}/${index}`);
      return { url: String(link.get("url")), mimeType: String(link.get("mimeType")) };
    },
  };
}

/** @throws {ApiError} when the answer names no message: it is stored all the same, and the same id again sends nothing twice. */
async function messageIdOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  if (typeof body === "object" && body !== null && "id" in body && typeof body.id === "string") return body.id;
  throw new ApiError("http", response.status, "The answer names no message.");
}

const UPLOAD_TYPES = ["image", "video", "audio", "document", "sticker"] as const;

/** POSTs a body; GETs without one. @throws {ApiError} when it was not done */
export async function callApi(ports: ApiPorts, path: string, body?: unknown): Promise<Response> {
  const response = await ask(ports, path, body);
  if (!response.ok) throw await problemOf(response);
  return response;
}

function ask(ports: ApiPorts, path: string, body?: unknown): Promise<Response> {
  if (body === undefined) return askWith(ports, path, {});
  return askWith(ports, path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    keepalive: ports.leaving(),
  });
}

async function askWith(ports: ApiPorts, path: string, request: RequestInit): Promise<Response> {
  try {
    const headers = new Headers(request.headers);
    headers.set("authorization", `Bearer ${await ports.token()}`);
    headers.set("accept", "application/json");
    return await ports.fetch(path, { ...request, headers });
  } catch (cause) {
    throw new ApiError("network", 0, cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Errors are `application/problem+json`; anything else is told by its status alone. */
async function problemOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const fields = fieldsOf(body);
  const string = (name: string, otherwise: string) => {
    const value = fields.get(name);
    return typeof value === "string" && value !== "" ? value : otherwise;
  };
  return new ApiError(
    string("code", "http"),
    response.status,
    string("detail", string("title", `HTTP ${response.status}`)),
  );
}

function fieldsOf(body: unknown): Map<string, unknown> {
  return new Map<string, unknown>(typeof body === "object" && body !== null ? Object.entries(body) : []);
}
