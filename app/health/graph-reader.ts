import * as z from "zod";
import { adviceFor } from "../channels/meta/failures.ts";

export interface GraphReaderOptions {
  /** `https://graph.facebook.com`, or a simulator. */
  readonly baseUrl: string;
  /** `v26.0` */
  readonly version: string;
  /** For one call, in milliseconds. Default 8,000. */
  readonly timeoutMs?: number;
}

export type GraphRead =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly code: number; readonly advice: string };

/** Reads from Graph, and subscribes; never throws. */
export interface GraphReader {
  get(path: string, token: string): Promise<GraphRead>;
  post(path: string, token: string): Promise<GraphRead>;
}

const DEFAULT_TIMEOUT_MS = 8_000;
const errorBody = z.object({
  error: z.object({ code: z.number(), error_subcode: z.number().optional(), message: z.string().catch("") }),
});

export function createGraphReader(options: GraphReaderOptions): GraphReader {
  const base = `${options.baseUrl.replace(/\/+$/, "")}/${options.version}/`;
  const call = async (method: "GET" | "POST", path: string, token: string): Promise<GraphRead> => {
    try {
      const response = await fetch(base + path, {
        method,
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(options.timeoutMs ?? DEFAULT_TIMEOUT_MS),
      });
      const body: unknown = await response.json();
      if (response.ok) return { ok: true, body };
      const { error } = errorBody.safeParse(body).data ?? {};
      const code = error?.code ?? -response.status;
      const advice = adviceFor(code, error?.error_subcode) ?? `A Meta respondeu: ${error?.message ?? response.status}`;
      return { ok: false, code, advice };
    } catch (error) {
      const name = error instanceof Error ? error.name : "erro";
      return { ok: false, code: -1, advice: `A Meta não respondeu (${name}). A próxima verificação tenta de novo.` };
    }
  };
  return { get: (path, token) => call("GET", path, token), post: (path, token) => call("POST", path, token) };
}
