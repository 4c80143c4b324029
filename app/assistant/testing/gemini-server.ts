import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import * as z from "zod";

/** A server that speaks Gemini's wire format, for tests: what it answers is a function of what it was asked. */

const part = z.object({ text: z.string() });
const requestSchema = z.object({
  contents: z.array(z.object({ role: z.string(), parts: z.array(part) })),
  systemInstruction: z.object({ parts: z.array(part) }),
  generationConfig: z.record(z.string(), z.unknown()),
});

export interface GeminiRequest {
  readonly path: string;
  readonly apiKey: string;
  readonly body: z.output<typeof requestSchema>;
}

/** `hang`: never answer; `reset`: cut the connection; `raw`: a body of status 200 as it stands. */
export type GeminiReply =
  | { readonly json: unknown; readonly status?: number }
  | { readonly raw: string; readonly status?: number }
  | "hang"
  | "reset";

export interface GeminiServer {
  readonly baseUrl: string;
  readonly requests: GeminiRequest[];
  /** Resolves when the server has the next request. */
  nextRequest(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function geminiServer(answer: (request: GeminiRequest) => GeminiReply): Promise<GeminiServer> {
  const requests: GeminiRequest[] = [];
  let waiting: (() => void)[] = [];
  const server = createServer(async (request, response) => {
    const read: GeminiRequest = {
      path: request.url ?? "",
      apiKey: String(request.headers["x-goog-api-key"]),
      body: requestSchema.parse(JSON.parse(await bodyOf(request))),
    };
    requests.push(read);
    respond(response, answer(read));
    for (const resolve of waiting) resolve();
    waiting = [];
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/gemini`,
    requests,
    nextRequest: () => new Promise((resolve) => waiting.push(resolve)),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A whole answer of the API around a model's text. */
export function candidate(text: string, finishReason = "STOP"): GeminiReply {
  return {
    json: {
      candidates: [{ content: { role: "model", parts: [{ text }] }, finishReason, index: 0 }],
      usageMetadata: { promptTokenCount: 900, candidatesTokenCount: 60, thoughtsTokenCount: 5, totalTokenCount: 965 },
    },
  };
}

/** The model's structured answer. */
export function structured(reply: string, action = "continue", reason = ""): GeminiReply {
  return candidate(JSON.stringify({ reply, action, reason }));
}

/** An error as Google's APIs write it. */
export function apiError(status: number, details: readonly unknown[] = [], message = "exemplo"): GeminiReply {
  return { status, json: { error: { code: status, message, status: "EXAMPLE", details } } };
}

export const RETRY_INFO = (retryDelay: string) => ({ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay });
export const QUOTA_FAILURE = (quotaId: string) => ({
  "@type": "type.googleapis.com/google.rpc.QuotaFailure",
  violations: [{ quotaMetric: "generativelanguage.googleapis.com/generate_content_requests", quotaId }],
});
export const ERROR_INFO = (reason: string) => ({ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason });

function respond(response: ServerResponse, reply: GeminiReply): void {
  if (reply === "hang") return;
  if (reply === "reset") {
    response.socket?.destroy();
    return;
  }
  response.writeHead(reply.status ?? 200, { "content-type": "application/json" });
  response.end("raw" in reply ? reply.raw : JSON.stringify(reply.json));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}
