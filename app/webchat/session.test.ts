import { SignJWT } from "jose";
import { beforeEach, describe, expect, test } from "vitest";
import { createSessions, IDENTITY_AUDIENCE, type Session, type Sessions } from "./session.ts";

const SECRET = "session-secret";
const IDENTITY = "identity-secret-of-at-least-32-characters";
const START = Date.UTC(2026, 10, 25, 12);
const DAY = 24 * 3_600_000;

let now: number;
let sessions: Sessions;
beforeEach(() => {
  now = START;
  sessions = make();
});

function make(changes: { secrets?: string[]; identitySecrets?: string[] | undefined } = {}): Sessions {
  return createSessions({ secrets: [SECRET], identitySecrets: [IDENTITY], now: () => now, ...changes });
}

async function opened(from: Sessions, credentials: { token?: string; identity?: string } = {}): Promise<Session> {
  const session = await from.open(credentials);
  if ("refused" in session) throw new Error(session.refused);
  return session;
}

interface Claims {
  readonly sub?: string;
  readonly name?: string;
  readonly audience?: string;
  readonly lifeS?: number;
  readonly secret?: string;
  readonly algorithm?: string;
}

function identity(claims: Claims = {}): Promise<string> {
  const issuedAt = Math.floor(now / 1000);
  const jwt = new SignJWT(claims.name === undefined ? {} : { name: claims.name })
    .setProtectedHeader({ alg: claims.algorithm ?? "HS256" })
    .setAudience(claims.audience ?? IDENTITY_AUDIENCE)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + (claims.lifeS ?? 600));
  if (claims.sub !== "") jwt.setSubject(claims.sub ?? "cliente@example.com");
  return jwt.sign(new TextEncoder().encode(claims.secret ?? IDENTITY));
}

describe("a stranger", () => {
  test("gets an id of their own, which no user of the platform has", async () => {
    const [one, other] = [await opened(sessions), await opened(sessions)];
    expect(one.visitor.id).toMatch(/^anon_[\w-]{22}$/);
    expect(one.visitor.identified).toBe(false);
    expect(other.visitor.id).not.toBe(one.visitor.id);
    expect(await sessions.verify(one.token)).toEqual(one.visitor);
  });

  test("is the same one on the next visit, and for half a year after the last", async () => {
    const first = await opened(sessions);
    now += 170 * DAY;
    const second = await opened(sessions, { token: first.token });
    expect(second.visitor.id).toBe(first.visitor.id);
    now += 170 * DAY;
    expect(await sessions.verify(second.token)).toEqual(first.visitor);
    now += 11 * DAY;
    expect(await sessions.verify(second.token)).toBeUndefined();
    expect((await opened(sessions, { token: second.token })).visitor.id).not.toBe(first.visitor.id);
  });

  test("is still known while a secret is rotated, and unknown to one who has only the identity secret", async () => {
    const { token, visitor } = await opened(sessions);
    const rotated = make({ secrets: ["newer", SECRET] });
    const renewed = await opened(rotated, { token });
    expect(renewed.visitor).toEqual(visitor);
    expect(await make({ secrets: ["newer"] }).verify(renewed.token)).toEqual(visitor);
    expect(await make({ secrets: ["newer"] }).verify(token)).toBeUndefined();
    expect(await make({ secrets: [IDENTITY] }).verify(token)).toBeUndefined();
  });
});

describe("an identity", () => {
  test("makes the visitor the platform's user, for half a day", async () => {
    const session = await opened(sessions, { identity: await identity({ name: "Cliente de exemplo" }) });
    expect(session.visitor).toEqual({ id: "cliente@example.com", identified: true, name: "Cliente de exemplo" });
    now += DAY / 2 + 1000;
    expect(await sessions.verify(session.token)).toBeUndefined();
  });

  test("may be signed with either secret while it is rotated", async () => {
    const rotated = make({ identitySecrets: ["the-new-identity-secret-of-32-characters", IDENTITY] });
    expect((await opened(rotated, { identity: await identity() })).visitor.identified).toBe(true);
  });

  test.each<[string, Claims]>([
    ["another secret", { secret: "another-secret-with-at-least-32-characters" }],
    ["another audience", { audience: "somebody-else" }],
    ["another algorithm", { algorithm: "HS512" }],
    ["no subject", { sub: "" }],
    ["the bot's name", { sub: "omni_ia" }],
    ["a stranger's id", { sub: "anon_0123456789012345678901" }],
    ["a path", { sub: "a/b" }],
    ["a name that Firestore keeps for itself", { sub: "__a__" }],
    ["a life of more than a day", { lifeS: 25 * 3600 }],
  ])("with %s is refused", async (_what, claims) => {
    expect(await sessions.open({ identity: await identity(claims) })).toEqual({ refused: "identity_invalid" });
  });

  test("that has expired says so", async () => {
    const old = await identity({ lifeS: 60 });
    now += 61_000;
    expect(await sessions.open({ identity: old })).toEqual({ refused: "identity_expired" });
  });

  test("cannot be checked by a stack without its secret", async () => {
    const without = make({ identitySecrets: undefined });
    expect(await without.open({ identity: await identity() })).toEqual({ refused: "identity_not_configured" });
  });

  test("that is no longer there leaves a stranger, not the user before", async () => {
    const { token } = await opened(sessions, { identity: await identity() });
    const next = await opened(sessions, { token });
    expect(next.visitor).toMatchObject({ identified: false, id: expect.stringMatching(/^anon_/) });
  });
});

test.each(["", "garbage", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0."])("%j is nobody's session", async (token) => {
  expect(await sessions.verify(token)).toBeUndefined();
});
