import { createHash } from "node:crypto";
import type { Channel, ChannelName, MediaAddress } from "../channels/channel.ts";
import type { Bucket } from "./bucket.ts";
import type { Downloader } from "./download.ts";
import { type FileKind, sizeLimit, typeAllowed } from "./limits.ts";
import type { Attachment, AttachmentReason } from "./model.ts";
import { sniff } from "./sniff.ts";

/** What became of one file: what the message's attachment says from now on, or that another try makes sense. */
export type Kept =
  | { readonly state: "stored"; readonly object: string; readonly size: number; readonly mimeType: string }
  | { readonly state: "failed"; readonly reason: AttachmentReason; readonly detail: string }
  | { readonly state: "pending"; readonly detail: string };

export interface KeepDeps {
  readonly bucket: Bucket;
  readonly download: Downloader;
}

/** Which file, and where it shall lie. */
export interface Wanted {
  readonly channel: Channel;
  readonly attachment: Attachment;
  readonly account?: string;
  readonly object: string;
}

/** What `application/octet-stream` stands for: bytes that show no type, and a sender who told none. */
const UNKNOWN_TYPE = "application/octet-stream";

class TooLarge extends Error {}
class Damaged extends Error {}

/**
 * Fetches one file into the bucket: asks where it is, looks at the type by its first bytes, and lets the rest through
 * while it counts and hashes them. Nothing is held in memory, and a file that is refused half-way leaves nothing behind.
 * The same file again replaces itself.
 */
export async function keepFile(deps: KeepDeps, wanted: Wanted): Promise<Kept> {
  const { channel, attachment } = wanted;
  const kind = attachment.type as FileKind;
  const limit = sizeLimit(channel.name, kind);
  const { mediaId, url } = attachment;
  const address = await channel.media({
    ...(mediaId !== undefined && { mediaId }),
    ...(url !== undefined && { url }),
    ...(wanted.account !== undefined && { account: wanted.account }),
  });
  if (!address.ok) return refusal(address);
  if ((address.size ?? 0) > limit) return tooLarge(channel.name, address.size ?? 0);
  const download = await deps.download(address);
  if (!download.ok) {
    return download.why === "later"
      ? { state: "pending", detail: download.detail }
      : { state: "failed", reason: download.why, detail: download.detail };
  }
  try {
    const { mimeType: sniffed, bytes } = await sniff(download.bytes);
    if (!typeAllowed(kind, sniffed) || (download.size ?? 0) > limit) {
      await stop(bytes);
      return typeAllowed(kind, sniffed)
        ? tooLarge(channel.name, download.size ?? 0)
        : { state: "failed", reason: "type_refused", detail: sniffed ?? "unknown" };
    }
    const counted = { size: 0 };
    const mimeType = typeOf(sniffed, attachment.mimeType);
    const expected = address.sha256 ?? hexOf(attachment.sha256);
    const metadata = { kind, fileName: encodeURIComponent(attachment.fileName ?? "") };
    await deps.bucket.write(wanted.object, checked(bytes, limit, expected, counted), {
      contentType: mimeType,
      metadata,
    });
    return { state: "stored", object: wanted.object, size: counted.size, mimeType };
  } catch (error) {
    if (error instanceof TooLarge) return tooLarge(channel.name, limit);
    return { state: "pending", detail: error instanceof Error ? error.message : String(error) };
  }
}

function refusal(address: Extract<MediaAddress, { ok: false }>): Kept {
  return address.gone
    ? { state: "failed", reason: "expired", detail: address.message }
    : { state: "pending", detail: address.message };
}

function tooLarge(channel: ChannelName, size: number): Kept {
  return { state: "failed", reason: "too_large", detail: `${size} bytes on ${channel}` };
}

/** Passes the bytes on, unless they are too many or not the ones that were promised. */
async function* checked(
  bytes: AsyncIterable<Uint8Array>,
  limit: number,
  sha256: string | undefined,
  counted: { size: number },
): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  for await (const chunk of bytes) {
    counted.size += chunk.length;
    if (counted.size > limit) throw new TooLarge();
    hash.update(chunk);
    yield chunk;
  }
  // Before the end of the stream: a sink that sees no end stores nothing.
  if (sha256 !== undefined && hash.digest("hex") !== sha256) throw new Damaged("the bytes have another SHA-256");
}

async function stop(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  await bytes[Symbol.asyncIterator]().return?.();
}

/**
 * The bytes' own type. Where they show none (text), the declared one, unless a browser would run it; and a sound that
 * lies in a container for films is still a sound.
 */
function typeOf(sniffed: string | undefined, declared: string | undefined): string {
  const told = declared?.split(";")[0]?.trim().toLowerCase();
  if (sniffed === undefined) return told === "text/plain" || told === "text/csv" ? told : UNKNOWN_TYPE;
  if (told?.startsWith("audio/") && sniffed.startsWith("video/")) return told;
  return sniffed;
}

/** WhatsApp's webhook writes a hash in base64, its API in hexadecimal. */
function hexOf(sha256: string | undefined): string | undefined {
  if (sha256 === undefined) return undefined;
  if (/^[0-9a-f]{64}$/i.test(sha256)) return sha256.toLowerCase();
  const bytes = Buffer.from(sha256, "base64");
  return bytes.length === 32 ? bytes.toString("hex") : undefined;
}
