import { generateKeyPairSync } from "node:crypto";
import { SignJWT } from "jose";
import { listen, type TestServer } from "./server.ts";

export const AUDIENCE = "https://api.example.com";
export const CALLER = "tasks@demo-servio.iam.gserviceaccount.com";

/** Stands in for Google: signs service tokens, and serves the certificates that prove them. */
export interface TestGoogle extends AsyncDisposable {
  readonly certsUrl: string;
  token(claims?: TokenClaims): Promise<string>;
}

export interface TokenClaims {
  readonly audience?: string;
  readonly email?: string;
  readonly emailVerified?: boolean;
  readonly issuer?: string;
  /** Seconds from now. */
  readonly expiresIn?: number;
  /** Signed by a key that is not published. */
  readonly forged?: boolean;
}

export async function startGoogle(): Promise<TestGoogle> {
  const keys = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
  const [own, foreign] = [keys(), keys()];
  const certificates = JSON.stringify({ key1: own.publicKey.export({ type: "spki", format: "pem" }) });
  const server: TestServer = await listen((_request, response) => {
    response.setHeader("content-type", "application/json");
    response.setHeader("cache-control", "public, max-age=600");
    response.end(certificates);
  });
  return {
    certsUrl: `${server.url}/oauth2/v1/certs`,
    token: (claims = {}) => {
      const now = Math.floor(Date.now() / 1000);
      const expires = now + (claims.expiresIn ?? 3600);
      return new SignJWT({ email: claims.email ?? CALLER, email_verified: claims.emailVerified ?? true })
        .setProtectedHeader({ alg: "RS256", kid: "key1" })
        .setIssuer(claims.issuer ?? "https://accounts.google.com")
        .setSubject("1")
        .setAudience(claims.audience ?? AUDIENCE)
        .setIssuedAt(expires - 3600)
        .setExpirationTime(expires)
        .sign(claims.forged ? foreign.privateKey : own.privateKey);
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
