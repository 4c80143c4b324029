import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";

const GEMINI = "https://generativelanguage.googleapis.com";

/**
 * Passes calls on to the real Gemini with the user's own key, which so never enters the stack's configuration. The only
 * way out of this machine, and only there when the user set GEMINI_API_KEY.
 * @param upstream for tests. @default Google's own host
 */
export function createGeminiRelay(apiKey: string, upstream: string = GEMINI) {
  /** @param path with its query, such as `v1beta/models/x:generateContent?alt=sse`. */
  return async (path: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = await fetch(`${upstream}/${path}`, {
      method: request.method ?? "GET",
      headers: { "content-type": request.headers["content-type"] ?? "application/json", "x-goog-api-key": apiKey },
      ...(request.method === "POST" && { body: Readable.toWeb(request) as ReadableStream, duplex: "half" }),
    } as RequestInit);
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "application/json" });
    if (answer.body) await pipeline(Readable.fromWeb(answer.body as ReadableStream), response);
    else response.end();
  };
}
