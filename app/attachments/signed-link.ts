import { createHmac } from "node:crypto";
import * as z from "zod";
import { sameSecret } from "../channels/signature.ts";

/**
 * A URL of our own under which one stored file can be read for some minutes, by whoever has it: a picture in a page cannot
 * send a token, and Meta has none.
 *
 * Ours rather than one that Cloud Storage signs: the headers stay in our hands (what a customer sent must never run in the
 * inbox's own origin), the page needs no other host in its policy, and the account that runs the API needs no right to
 * sign as itself. Every file passes through the API for it, at most once a minute for a browser that looks again.
 */

/** So that a signature made for this can be used for nothing else. */
const PURPOSE = "servio-omnichannel file v1";
export const FILES_PATH = "/api/omni/files";
/** How long a person's link lives: long enough to play a film. Milliseconds. */
export const LINK_LIFE_MS = 15 * 60_000;

/** What a link allows: everything that serving needs stands in it, signed. */
export interface SignedFile {
  readonly object: string;
  readonly contentType: string;
  readonly fileName?: string;
  /** Unix milliseconds. */
  readonly expiresAt: number;
}

const content = z.strictObject({
  o: z.string().min(1),
  t: z.string().min(1),
  n: z.string().optional(),
  e: z.int().positive(),
});

/** The path of a file. @param secret the newest of the secrets; links stay valid while it is in the list */
export function signedPath({ object, contentType, fileName, expiresAt }: SignedFile, secret: string): string {
  const file: z.input<typeof content> = { o: object, t: contentType, n: fileName, e: expiresAt };
  const subject = Buffer.from(JSON.stringify(file)).toString("base64url");
  return `${FILES_PATH}/${subject}.${sign(subject, secret)}`;
}

/** What a token allows; `expired` when its time is over, `undefined` when none of the secrets has signed it. */
export function readSignedFile(
  token: string,
  secrets: readonly string[],
  now: number,
): SignedFile | "expired" | undefined {
  const [subject = "", signature = "", ...rest] = token.split(".");
  if (rest.length > 0 || !secrets.some((secret) => sameSecret(sign(subject, secret), signature))) return undefined;
  const parsed = content.safeParse(JSON.parse(Buffer.from(subject, "base64url").toString("utf8")));
  if (!parsed.success) return undefined;
  const { o: object, t: contentType, n: fileName, e: expiresAt } = parsed.data;
  if (expiresAt <= now) return "expired";
  return { object, contentType, expiresAt, ...(fileName !== undefined && { fileName }) };
}

function sign(subject: string, secret: string): string {
  return createHmac("sha256", secret).update(`${PURPOSE}\n${subject}`).digest("base64url");
}
