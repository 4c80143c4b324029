/** An answer, whatever server gives it. */
export interface InboundResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Problem {
  readonly status: number;
  /** Stable, for programs. */
  readonly code: string;
  readonly title: string;
  /** What was seen and what to do. */
  readonly detail: string;
}

/** An error as `application/problem+json` (RFC 9457). */
export function problem(
  { status, code, title, detail }: Problem,
  headers: Readonly<Record<string, string>> = {},
): InboundResponse {
  const body = JSON.stringify({ type: "about:blank", title, status, code, detail });
  return { status, headers: { "content-type": "application/problem+json", ...headers }, body };
}

export const PROBLEMS = {
  channel: problem({
    status: 404,
    code: "channel_unknown",
    title: "No such channel",
    detail: "The path ends in none of whatsapp, instagram, facebook. Correct the callback URL in Meta's app dashboard.",
  }),
  method: problem(
    {
      status: 405,
      code: "method_not_allowed",
      title: "Method not allowed",
      detail: "Meta's handshake is a GET and its deliveries are POSTs; nothing else is answered here.",
    },
    { allow: "GET, POST" },
  ),
  handshake: problem({
    status: 403,
    code: "handshake_refused",
    title: "The verify token is not ours",
    detail:
      "hub.mode must be subscribe and hub.verify_token one of OMNI_WEBHOOK_SECRET. Copy the token into Meta's app dashboard again.",
  }),
  signature: problem({
    status: 401,
    code: "signature_invalid",
    title: "The signature does not match the body",
    detail:
      "X-Hub-Signature-256 must be the HMAC-SHA256 of the untouched bytes with one of META_APP_SECRET. After a rotation keep the old secret in the list until Meta signs with the new one.",
  }),
  size: problem({
    status: 413,
    code: "payload_too_large",
    title: "The body is larger than 4 MB",
    detail: "Meta sends at most 3 MB. Whatever sent this is not Meta.",
  }),
  busy: problem(
    {
      status: 503,
      code: "too_many_in_flight",
      title: "Too many deliveries at once",
      detail: "This instance is storing as much as it can. Deliver again after the time in Retry-After.",
    },
    { "retry-after": "1" },
  ),
  unavailable: problem(
    {
      status: 503,
      code: "storage_unavailable",
      title: "Nothing could be stored",
      detail:
        "Neither Firestore nor Pub/Sub took the events. Nothing was acknowledged; deliver again after the time in Retry-After.",
    },
    { "retry-after": "10" },
  ),
} as const;
