import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import { SignJWT } from "jose";
import { digest } from "./names.ts";

/** Google's issuer of OIDC tokens (https://accounts.google.com/.well-known/openid-configuration). */
const ISSUER = "https://accounts.google.com";
/** Google's tokens live an hour. Seconds. */
const LIFETIME_S = 3_600;

/** Signs tokens as Google would for Pub/Sub and Scheduler, with keys of its own that only this machine trusts. */
export interface GoogleIdentity {
  /** An OIDC token of a service account for an audience. */
  token(claims: { readonly email: string; readonly audience: string }): Promise<string>;
  /** Public keys by key id, in PEM: what `/oauth2/v1/certs` answers. */
  readonly certificates: Readonly<Record<string, string>>;
}

/** New keys for this run. 2048 bits, as Google's are. */
export async function createGoogleIdentity(now: () => Date = () => new Date()): Promise<GoogleIdentity> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
  const kid = digest(pem).slice(0, 40);
  return {
    certificates: { [kid]: pem },
    token({ email, audience }) {
      const issuedAt = Math.floor(now().getTime() / 1000);
      const subject = BigInt(`0x${digest(email).slice(0, 16)}`).toString();
      return new SignJWT({ azp: subject, email, email_verified: true })
        .setProtectedHeader({ alg: "RS256", kid, typ: "JWT" })
        .setIssuer(ISSUER)
        .setSubject(subject)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + LIFETIME_S)
        .sign(privateKey);
    },
  };
}
