import { hash, hkdfSync, randomBytes } from "node:crypto";
import * as z from "zod";
import { BOT_ID } from "../conversations/model.ts";

/** Who writes in the web chat. */
export interface Visitor {
  /** What follows `webchat_` in the conversation's id: made up for a stranger, the platform's user id once proven. */
  readonly id: string;
  /** A website of ours has vouched for the id. */
  readonly identified: boolean;
  readonly name?: string;
}

export interface Session {
  readonly token: string;
  readonly visitor: Visitor;
  /** Unix milliseconds. */
  readonly expiresAt: number;
}

/** What a visitor may bring: the session of an earlier visit, and the proof of who they are. */
export interface Credentials {
  readonly token?: string;
  /** A JWT that the website's server has signed. */
  readonly identity?: string;
}

export type Refusal =
  /** The stack has no secret to check an identity with. */
  | "identity_not_configured"
  /** Signature, audience, times or claims are not right. */
  | "identity_invalid"
  | "identity_expired";

export interface Sessions {
  /** A new session, or the earlier one renewed. */
  open(credentials: Credentials): Promise<Session | { readonly refused: Refusal }>;
  /** Whose token this is; undefined when it is not ours, or no longer good. */
  verify(token: string): Promise<Visitor | undefined>;
}

export interface SessionsOptions {
  /** What session keys are derived from, newest first: any of them has signed, the first one signs. */
  readonly secrets: readonly string[];
  /** What websites sign identities with, newest first. Undefined: every visitor is anonymous. */
  readonly identitySecrets: readonly string[] | undefined;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** A stranger keeps the conversation for half a year after the last visit. */
const ANONYMOUS_MS = 180 * 24 * 3_600_000;
/** The website proves an identity on every page again; a tab that stays open for a day asks anew. */
const IDENTIFIED_MS = 12 * 3_600_000;
/** An identity is for one page view. A longer life makes a leaked one worth keeping. */
const LONGEST_IDENTITY_S = 24 * 3600;
const SESSION_AUDIENCE = "servio-webchat-session";
/** `aud` of the identities that websites sign. */
export const IDENTITY_AUDIENCE = "servio-webchat";
/** Keeps made-up ids and the platform's apart for good. */
const ANONYMOUS_PREFIX = "anon_";

const visitorId = z
  .string()
  .min(1)
  .max(200)
  // One path segment of Firestore, which keeps names like __x__ for itself.
  .regex(/^(?!__)[^/\s]+$/);
const sessionClaims = z.object({ sub: visitorId, identified: z.boolean(), name: z.string().optional() });
const identityClaims = z.object({
  sub: visitorId.refine((id) => id !== BOT_ID && !id.startsWith(ANONYMOUS_PREFIX)),
  iat: z.int(),
  exp: z.int(),
  name: z.string().trim().min(1).max(120).optional().catch(undefined),
});

/** Sessions as signed tokens: nothing is stored, and any instance can check one. */
export function createSessions(options: SessionsOptions): Sessions {
  const keys = options.secrets.map((secret) => derivedKey(secret));
  const identityKeys = options.identitySecrets?.map((secret) => new TextEncoder().encode(secret));

  const issue = async (visitor: Visitor, lifeMs: number): Promise<Session> => {
    const { SignJWT } = await import("jose");
    const [newest] = keys;
    if (!newest) throw new Error("Sessions need a secret to sign with.");
    const now = options.now();
    const { id, ...claims } = visitor;
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256" })
      .setSubject(id)
      .setAudience(SESSION_AUDIENCE)
      .setIssuedAt(seconds(now))
      .setExpirationTime(seconds(now + lifeMs))
      .sign(newest);
    return { token, visitor, expiresAt: now + lifeMs };
  };

  const verify = async (token: string): Promise<Visitor | undefined> => {
    const checked = await check(token, keys, SESSION_AUDIENCE, options.now());
    const claims = sessionClaims.safeParse(checked.claims);
    if (!claims.success) return undefined;
    const { sub, identified, name } = claims.data;
    return { id: sub, identified, ...(name !== undefined && { name }) };
  };

  return {
    verify,
    async open({ token, identity }) {
      if (identity !== undefined) {
        if (!identityKeys) return { refused: "identity_not_configured" };
        const proven = await provenVisitor(identity, identityKeys, options.now());
        return "refused" in proven ? proven : issue(proven, IDENTIFIED_MS);
      }
      const earlier = token === undefined ? undefined : await verify(token);
      // Whoever was signed in and no longer is has become a stranger.
      const visitor = earlier && !earlier.identified ? earlier : stranger();
      return issue(visitor, ANONYMOUS_MS);
    },
  };
}

function stranger(): Visitor {
  return { id: `${ANONYMOUS_PREFIX}${randomBytes(16).toString("base64url")}`, identified: false };
}

async function provenVisitor(
  identity: string,
  keys: readonly Uint8Array[],
  now: number,
): Promise<Visitor | { readonly refused: Refusal }> {
  const { claims, expired } = await check(identity, keys, IDENTITY_AUDIENCE, now);
  if (expired) return { refused: "identity_expired" };
  const parsed = identityClaims.safeParse(claims);
  if (!parsed.success || parsed.data.exp - parsed.data.iat > LONGEST_IDENTITY_S) return { refused: "identity_invalid" };
  const { sub, name } = parsed.data;
  return { id: sub, identified: true, ...(name !== undefined && { name }) };
}

/** Tries each key, since a website names none. */
async function check(token: string, keys: readonly Uint8Array[], audience: string, now: number) {
  const { jwtVerify, errors } = await import("jose");
  const rules = { audience, algorithms: ["HS256"], requiredClaims: ["exp", "sub"], currentDate: new Date(now) };
  for (const key of keys) {
    try {
      return { claims: (await jwtVerify(token, key, rules)).payload, expired: false };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { claims: undefined, expired: true };
      // Another key may have signed it; anything else is simply not a token of ours.
      if (!(error instanceof errors.JOSEError)) throw error;
    }
  }
  return { claims: undefined, expired: false };
}

/** Of its own kind, so that a session can never be mistaken for what the secret itself opens. */
function derivedKey(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", secret, "", "servio webchat session", 32));
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

/** For logs: tells visitors apart without naming them. */
export function visitorMark(id: string): string {
  return hash("sha256", id, "hex").slice(0, 12);
}
