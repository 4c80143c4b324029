import { createHmac } from "node:crypto";

/** How long the identity of one page view is good, in seconds. */
const LIFE_S = 600;

/**
 * What a website's server does for a user who has signed in: a JWT by hand (RFC 7519), as docs/widget.md shows it, so that
 * the product's own library checks what somebody else's code has made. @param now Unix milliseconds
 */
export function signIdentity(
  user: { readonly id: string; readonly name: string },
  secret: string,
  now: number,
): string {
  const iat = Math.floor(now / 1000);
  const claims = { sub: user.id, name: user.name, aud: "servio-webchat", iat, exp: iat + LIFE_S };
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const content = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${content}.${createHmac("sha256", secret).update(content).digest("base64url")}`;
}
