import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * The least that a receiver of Meta's webhooks can do: check the HMAC over the raw bytes and parse the JSON. The bar
 * that ours is measured against; it stores nothing and recognises nothing.
 */
export function leanReceive(secret: string, signature: string | undefined, body: Buffer): number {
  if (!leanVerify(secret, signature, body)) return 401;
  const parsed = JSON.parse(body.toString("utf8")) as { object?: string };
  return parsed.object ? 200 : 400;
}

export function leanVerify(secret: string, signature: string | undefined, body: Buffer): boolean {
  if (signature?.length !== 71 || !signature.startsWith("sha256=")) return false;
  const expected = createHmac("sha256", secret).update(body).digest();
  return timingSafeEqual(expected, Buffer.from(signature.slice(7), "hex"));
}
