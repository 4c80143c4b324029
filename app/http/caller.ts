import type { Request } from "express";
import { sameSecret } from "../channels/index.ts";
import type { Visitor } from "../webchat/index.ts";
import type { IdTokenVerifier, Person } from "./identity.ts";
import type { OidcVerifier } from "./oidc.ts";
import { HttpProblem } from "./problem.ts";

/** Who may use a route. There is no default: a route without one does not compile. */
export type Access =
  /** Anybody; the handler has its own proof, or there is nothing to protect. */
  | "open"
  /** Any Firebase user; the handler shows only what is theirs. */
  | "signed_in"
  /** Agents and administrators. */
  | "staff"
  /** Administrators alone. */
  | "admin"
  /** A visitor of the web chat, with the session that the chat was given. */
  | "visitor"
  /** The service account of Pub/Sub's pushes. */
  | "queue"
  /** The same service account (Scheduler), or the automation secret as a bearer. */
  | "scheduler";

export type Caller =
  | { readonly kind: "anyone" }
  | { readonly kind: "service" }
  | { readonly kind: "visitor"; readonly visitor: Visitor }
  | { readonly kind: "person"; readonly person: Person };

export interface Doorkeepers {
  readonly idTokens: IdTokenVerifier;
  readonly oidc: OidcVerifier;
  /** Any of them opens the scheduled routes. */
  readonly automationSecrets: readonly string[];
  /** Whose session a token of the web chat is; undefined when it is none. */
  readonly visitors: (token: string) => Promise<Visitor | undefined>;
}

/** Finds out who is calling. @throws {HttpProblem} 401 without a valid proof, 403 without the right */
export async function admit(access: Access, request: Request, keepers: Doorkeepers): Promise<Caller> {
  if (access === "open") return { kind: "anyone" };
  const token = bearer(request);
  if (access === "queue" || access === "scheduler") {
    const bySecret = access === "scheduler" && keepers.automationSecrets.some((secret) => sameSecret(secret, token));
    if (!bySecret) await keepers.oidc(token);
    return { kind: "service" };
  }
  if (access === "visitor") {
    const visitor = await keepers.visitors(token);
    if (visitor) return { kind: "visitor", visitor };
    throw new HttpProblem({
      status: 401,
      code: "invalid_session",
      title: "Unauthorized",
      detail: "The chat's session is not valid, or has expired. Open a new one: POST /api/omni/web/session.",
      headers: { "www-authenticate": "Bearer" },
    });
  }
  const person = await keepers.idTokens(token);
  if (access === "staff" && person.role === undefined) {
    throw new HttpProblem({
      status: 403,
      code: "staff_only",
      title: "Forbidden",
      detail:
        'Only agents and administrators may do this. Their account has the custom claim role: "agent" or "admin".',
    });
  }
  if (access === "admin" && person.role !== "admin") {
    throw new HttpProblem({
      status: 403,
      code: "admin_only",
      title: "Forbidden",
      detail: 'Only administrators may do this. Their account has the custom claim role: "admin".',
    });
  }
  return { kind: "person", person };
}

function bearer(request: Request): string {
  const token = request.get("authorization")?.match(/^Bearer +(\S+)$/i)?.[1];
  if (token !== undefined) return token;
  throw new HttpProblem({
    status: 401,
    code: "token_missing",
    title: "Unauthorized",
    detail: "Send a header `Authorization: Bearer {token}`.",
    headers: { "www-authenticate": "Bearer" },
  });
}

/** The person behind a route that admits only people. */
export function personOf(caller: Caller): Person {
  if (caller.kind === "person") return caller.person;
  throw new Error("This route admits callers who are not people; its handler expects one.");
}

/** The visitor behind a route of the web chat. */
export function visitorOf(caller: Caller): Visitor {
  if (caller.kind === "visitor") return caller.visitor;
  throw new Error("This route admits callers who are not visitors; its handler expects one.");
}
