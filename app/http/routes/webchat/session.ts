import * as z from "zod";
import type { Refusal, Session } from "../../../webchat/index.ts";
import { HttpProblem, type ProblemOptions, problem } from "../../problem.ts";
import { bucketPerCaller, takeOrRefuse } from "../../rate-limit.ts";
import { defineRoute, type Route } from "../../route.ts";
import type { WebchatRoutesDeps } from "./deps.ts";
import { refusals } from "./refusals.ts";

/** New visitors from one address: a school class opens the chat at once, a script that makes up visitors is slowed. */
const SESSIONS_PER_ADDRESS = { perSecond: 0.5, holds: 60 };

export function sessionRoute({ sessions, monotonic }: WebchatRoutesDeps): Route {
  const addresses = bucketPerCaller(SESSIONS_PER_ADDRESS, monotonic);
  return defineRoute({
    method: "post",
    path: "/api/omni/web/session",
    access: "open",
    summary: "Opens the chat: a new visitor, an earlier one again, or one whom the website vouches for",
    body: z.strictObject({
      token: z.string().max(4096).optional().describe("The session of an earlier visit"),
      identity: z.string().max(4096).optional().describe("A JWT that the website's server signed (docs/widget.md)"),
    }),
    answers: {
      200: {
        description: "`token` goes into the Authorization header of every other call",
        schema: z.object({
          token: z.string(),
          expiresAt: z.iso.datetime(),
          visitor: z.object({ id: z.string(), identified: z.boolean(), name: z.string().optional() }),
        }),
      },
      ...refusals,
      401: problem("`identity_invalid`, `identity_expired`"),
    },
    handle: async ({ body, ip }) => {
      takeOrRefuse(addresses, ip);
      const credentials = {
        ...(body.token !== undefined && { token: body.token }),
        ...(body.identity !== undefined && { identity: body.identity }),
      };
      const opened = await sessions.open(credentials);
      if ("refused" in opened) throw new HttpProblem(REFUSED[opened.refused]);
      return { status: 200, body: viewSession(opened) };
    },
  });
}

function viewSession({ token, visitor, expiresAt }: Session) {
  return { token, visitor, expiresAt: new Date(expiresAt).toISOString() };
}

const REFUSED: Readonly<Record<Refusal, ProblemOptions>> = {
  identity_not_configured: {
    status: 400,
    code: "identity_not_configured",
    title: "Identity not configured",
    detail: "This stack has no webchatIdentitySecret, so no identity can be checked. Set it, or send none.",
  },
  identity_invalid: {
    status: 401,
    code: "identity_invalid",
    title: "Unauthorized",
    detail:
      "The identity is not valid. Sign it with HS256 and webchatIdentitySecret; it needs sub, iat, exp (24 h at most) and aud servio-webchat.",
  },
  identity_expired: {
    status: 401,
    code: "identity_expired",
    title: "Unauthorized",
    detail: "The identity has expired. Sign a new one for each page.",
  },
};
