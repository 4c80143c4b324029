import { signBody } from "../../channels/signature.ts";
import type { InboundRequest } from "../receive.ts";

export const SECRET = "segredo-de-exemplo";
export const TOKEN = "token-de-exemplo";

/** A POST of Meta's, signed. `own` changes what the request is made of. */
export function delivery(body: unknown, own: Partial<InboundRequest> & { secret?: string } = {}): InboundRequest {
  const rawBody = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  const signature = signBody(rawBody, own.secret ?? SECRET);
  return {
    method: "POST",
    channel: "whatsapp",
    query: () => ({}),
    header: (name) => (name === "x-hub-signature-256" ? signature : undefined),
    rawBody,
    ...own,
  };
}

/** Meta's question whether the URL is ours. */
export function handshake(query: Record<string, unknown>, channel = "whatsapp"): InboundRequest {
  return { method: "GET", channel, query: () => query, header: () => undefined, rawBody: undefined };
}
