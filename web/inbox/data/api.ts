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
  readonly text: string;
  /** Made once for each message written, so that sending it again never sends it twice. */
  readonly clientMessageId: string;
}

/** The actions of an agent. Each resolves when it is done and throws {@link ApiError} when it is not. */
export interface InboxApi {
  /** @returns the id of the stored message */
  send(message: SendMessage): Promise<string>;
  assign(conversationId: string, assignee: string | null): Promise<void>;
  setMode(conversationId: string, mode: "bot" | "human"): Promise<void>;
  setStatus(conversationId: string, status: "active" | "closed"): Promise<void>;
  markRead(conversationId: string): Promise<void>;
}

export interface ApiPorts {
  readonly fetch: typeof fetch;
  /** A Firebase ID token of the person signed in. */
  readonly token: () => Promise<string>;
}

export function inboxApi(ports: ApiPorts): InboxApi {
  const post = async (path: string, body: Readonly<Record<string, unknown>>): Promise<Response> => {
    const response = await ask(ports, path, body);
    if (!response.ok) throw await problemOf(response);
    return response;
  };
  const act = async (id: string, action: string, body: Readonly<Record<string, unknown>> = {}): Promise<void> => {
    await post(`/api/omni/conversations/${encodeURIComponent(id)}/${action}`, body);
  };
  return {
    send: async (message) => messageIdOf(await post("/api/omni/messages", { ...message })),
    assign: (id, assignee) => act(id, "assign", { assignee }),
    setMode: (id, mode) => act(id, "mode", { mode }),
    setStatus: (id, status) => act(id, status === "closed" ? "close" : "reopen"),
    markRead: (id) => act(id, "read"),
  };
}

/** @throws {ApiError} when the answer names no message: it is stored all the same, and the same id again sends nothing twice. */
async function messageIdOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  if (typeof body === "object" && body !== null && "id" in body && typeof body.id === "string") return body.id;
  throw new ApiError("http", response.status, "The answer names no message.");
}

async function ask(ports: ApiPorts, path: string, body: unknown): Promise<Response> {
  try {
    const authorization = `Bearer ${await ports.token()}`;
    const headers = { authorization, "content-type": "application/json", accept: "application/json" };
    return await ports.fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  } catch (cause) {
    throw new ApiError("network", 0, cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Errors are `application/problem+json`; anything else is told by its status alone. */
async function problemOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const fields = new Map<string, unknown>(typeof body === "object" && body !== null ? Object.entries(body) : []);
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
