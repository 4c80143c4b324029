import { deleteApp, initializeApp } from "firebase-admin/app";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createIdTokenVerifier, personFrom } from "./identity.ts";
import { createOidcVerifier } from "./oidc.ts";
import { HttpProblem } from "./problem.ts";
import { listen, type TestServer } from "./testing/server.ts";

test.each([
  [{ uid: "1" }, { uid: "1" }],
  [
    { uid: "1", email: "a@example.com", email_verified: true },
    { uid: "1", email: "a@example.com" },
  ],
  [{ uid: "1", email: "a@example.com", email_verified: false }, { uid: "1" }],
  [{ uid: "1", email: "a@example.com" }, { uid: "1" }],
  [
    { uid: "1", role: "agent" },
    { uid: "1", role: "agent" },
  ],
  [{ uid: "1", role: "owner" }, { uid: "1" }],
  // The bot takes part in every conversation: nobody may sign in as it.
  [{ uid: "omni_ia" }, "unauthorized"],
])("personFrom(%o)", (decoded, expected) => {
  if (expected === "unauthorized") expect(() => personFrom(decoded)).toThrow(HttpProblem);
  else expect(personFrom(decoded)).toEqual(expected);
});

describe("with the Auth emulator", () => {
  const app = initializeApp({ projectId: "demo-identity" }, "demo-identity");
  const verify = createIdTokenVerifier(app);
  let emulator: TestServer;
  let broken = false;
  beforeAll(async () => {
    // The emulator's tokens are not signed; firebase-admin asks it whether the account still exists.
    emulator = await listen((_request, response) => {
      if (broken) response.statusCode = 500;
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ users: [{ localId: "agent-1", validSince: "0" }] }));
    });
    process.env.FIREBASE_AUTH_EMULATOR_HOST = emulator.url.replace("http://", "");
  });
  afterAll(async () => {
    delete process.env.FIREBASE_AUTH_EMULATOR_HOST;
    await emulator[Symbol.asyncDispose]();
    await deleteApp(app);
  });

  const token = (claims: Record<string, unknown>) => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const now = Math.floor(Date.now() / 1000);
    const project = "demo-identity";
    const common = {
      iss: `https://securetoken.google.com/${project}`,
      aud: project,
      iat: now,
      auth_time: now,
      exp: now + 60,
    };
    return `${part({ alg: "none", typ: "JWT" })}.${part({ ...common, sub: "agent-1", ...claims })}.`;
  };
  const codeOf = async (bad: string) => {
    try {
      await verify(bad);
    } catch (error) {
      return error instanceof HttpProblem ? [error.status, error.code] : error;
    }
    return "accepted";
  };

  test("a token of this project", async () => {
    expect(await verify(token({ role: "agent" }))).toEqual({ uid: "agent-1", role: "agent" });
  });

  test("anything else", async () => {
    expect(await codeOf("nonsense")).toEqual([401, "invalid_id_token"]);
    expect(await codeOf(token({ aud: "other" }))).toEqual([401, "invalid_id_token"]);
    expect(await codeOf(token({ exp: 1 }))).toEqual([401, "invalid_id_token"]);
  });

  test("nobody to ask: try again", async () => {
    broken = true;
    expect(await codeOf(token({}))).toEqual([503, "identity_unavailable"]);
    broken = false;
  });
});

test("certificates that cannot be fetched are our trouble, not the caller's", async () => {
  await using broken = await listen((_request, response) => {
    response.statusCode = 404;
    response.end();
  });
  const verify = createOidcVerifier({ certsUrl: broken.url, audience: "a", caller: "b@example.com" });
  await expect(verify("token")).rejects.toMatchObject({ status: 503, code: "certificates_unavailable" });
});
