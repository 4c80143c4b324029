import { createHmac } from "node:crypto";

/**
 * JSON as Meta puts it on the wire: every UTF-16 unit above 0x7F as a lower-case `\uXXXX` escape. Whoever parses and
 * serialises again before checking the signature gets other bytes, and fails on the first accent.
 */
export function toWire(body: unknown): string {
  return JSON.stringify(body).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The value of `X-Hub-Signature-256` over exactly these bytes. */
export function sign(bytes: Buffer, appSecret: string): string {
  return `sha256=${createHmac("sha256", appSecret).update(bytes).digest("hex")}`;
}
