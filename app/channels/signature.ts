import { createHmac, timingSafeEqual } from "node:crypto";

const PREFIX = "sha256=";
/** SHA-256 is 32 bytes, 64 hexadecimal digits. */
const HEX_DIGITS = 64;

/**
 * Whether Meta signed these bytes: `X-Hub-Signature-256` is `sha256=` and the HMAC-SHA256 of the body as it came over
 * the wire. The bytes must be the untouched ones: Meta signs the form with `\u00e4` escapes, which parsing and writing
 * again would undo.
 *
 * Any of `secrets` may have signed, so that a rotation loses nothing. Fails closed: no header, no body, no secret or an
 * empty one is `false`.
 * Source: https://developers.facebook.com/docs/graph-api/webhooks/getting-started
 */
export function verifySignature(rawBody: Buffer, header: string | undefined, secrets: readonly string[]): boolean {
  if (header === undefined || header.length !== PREFIX.length + HEX_DIGITS || !header.startsWith(PREFIX)) return false;
  const claimed = Buffer.from(header.slice(PREFIX.length), "hex");
  // A character that is no hexadecimal digit ends the decoding early, and timingSafeEqual throws on unequal lengths.
  if (claimed.length !== HEX_DIGITS / 2) return false;
  for (const secret of secrets) {
    if (secret.length === 0) continue;
    if (timingSafeEqual(createHmac("sha256", secret).update(rawBody).digest(), claimed)) return true;
  }
  return false;
}

/** The header Meta would send for these bytes; for simulators and tests. */
export function signBody(rawBody: Buffer | string, secret: string): string {
  return PREFIX + createHmac("sha256", secret).update(rawBody).digest("hex");
}

/**
 * Whether two secrets are the same, in a time that tells nothing about where they differ. Both are hashed first, so that
 * their lengths are not told either.
 */
export function sameSecret(left: string, right: string): boolean {
  const digest = (value: string) => createHmac("sha256", "compare").update(value).digest();
  return timingSafeEqual(digest(left), digest(right));
}
