import { sameSecret } from "../channels/signature.ts";
import { type InboundResponse, PROBLEMS } from "./problem.ts";

/** A query as Express and functions-framework parse it: a repeated key is a list, and then not what Meta sends. */
export type Query = Readonly<Record<string, unknown>>;

/**
 * Meta's question whether this URL is ours: the challenge comes back as plain text when the verify token is one of
 * `tokens`, else 403.
 * Source: https://developers.facebook.com/docs/graph-api/webhooks/getting-started
 */
export function answerHandshake(query: Query, tokens: readonly string[]): InboundResponse {
  const mode = query["hub.mode"];
  const token = query["hub.verify_token"];
  const challenge = query["hub.challenge"];
  if (mode !== "subscribe" || typeof token !== "string" || typeof challenge !== "string") return PROBLEMS.handshake;
  // Every token is compared, so that the time does not tell which one matched.
  const matches = tokens.filter((one) => one.length > 0 && sameSecret(one, token));
  if (matches.length === 0) return PROBLEMS.handshake;
  return {
    status: 200,
    headers: { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" },
    body: challenge,
  };
}
