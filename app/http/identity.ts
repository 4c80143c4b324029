import type { App } from "firebase-admin/app";
import * as z from "zod";
import { BOT_ID } from "../conversations/index.ts";
import { HttpProblem } from "./problem.ts";

/** A Firebase user, from a verified ID token. */
export interface Person {
  readonly uid: string;
  /** Only once its owner has proven it: anybody may sign up with any address. */
  readonly email?: string;
  /** As the account bears it: what colleagues see. */
  readonly name?: string;
  /** Absent for customers. */
  readonly role?: "agent" | "admin";
}

/** @throws {HttpProblem} 401 when the token is not valid, 503 when that cannot be told */
export type IdTokenVerifier = (token: string) => Promise<Person>;

const claims = z.object({
  uid: z.string().min(1),
  email: z.string().optional(),
  name: z.string().max(200).optional().catch(undefined),
  email_verified: z.boolean().optional(),
  role: z.enum(["agent", "admin"]).optional().catch(undefined),
});

/** Verifies Firebase ID tokens; with FIREBASE_AUTH_EMULATOR_HOST set, those of the emulator. */
export function createIdTokenVerifier(app: App): IdTokenVerifier {
  // Not needed to start: the first person's request pays for loading it.
  const load = async () => (await import("firebase-admin/auth")).getAuth(app);
  let auth: ReturnType<typeof load> | undefined;
  return async (token) => {
    auth ??= load();
    return personFrom(await verified((await auth).verifyIdToken(token)));
  };
}

/** The claims that count. @throws {HttpProblem} for the bot's name: it takes part in every conversation */
export function personFrom(decoded: unknown): Person {
  const { uid, email, email_verified, name, role } = claims.parse(decoded);
  if (uid === BOT_ID) throw refused(undefined);
  return { uid, ...(email && email_verified && { email }), ...(name && { name }), ...(role && { role }) };
}

async function verified<T>(verification: Promise<T>): Promise<T> {
  try {
    return await verification;
  } catch (cause) {
    throw isTokensFault(cause) ? refused(cause) : unavailable(cause);
  }
}

/** What firebase-admin says when it cannot reach the keys, under the same code as for a wrong token. */
const UNREACHABLE = /fetching (public|json web) keys|ECONNREFUSED|network/i;

/** Whether the token or its account is to blame, and not the way to Google. */
function isTokensFault(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return false;
  const ours = error.code === "auth/internal-error" || error.code.startsWith("app/");
  return error.code.startsWith("auth/") && !ours && !UNREACHABLE.test(error.message);
}

function refused(cause: unknown): HttpProblem {
  return new HttpProblem({
    status: 401,
    code: "invalid_id_token",
    title: "Unauthorized",
    detail: "The ID token is not valid for this project, or has expired. Sign in again.",
    headers: { "www-authenticate": "Bearer" },
    cause,
  });
}

function unavailable(cause: unknown): HttpProblem {
  return new HttpProblem({
    status: 503,
    code: "identity_unavailable",
    title: "Identity service unavailable",
    detail: "The ID token could not be checked at the moment. Try again.",
    headers: { "retry-after": "5" },
    cause,
  });
}
