import { hash } from "node:crypto";
import type { ChannelName, OutboundFile } from "../channels/channel.ts";
import type { Bucket } from "./bucket.ts";
import { type FileKind, sendableAs, sizeLimit } from "./limits.ts";
import type { Attachment } from "./model.ts";
import { signedPath } from "./signed-link.ts";
import { sniff } from "./sniff.ts";

/** A file that a person wants to send, as its bytes come. */
export interface Upload {
  readonly conversationId: string;
  readonly channel: ChannelName;
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly fileName?: string;
}

/** What was uploaded, and what to name it by when the message is sent. */
export interface Uploaded {
  readonly uploadId: string;
  readonly type: FileKind;
  readonly mimeType: string;
  /** Bytes. */
  readonly size: number;
  readonly fileName?: string;
}

export type UploadResult =
  | { readonly ok: true; readonly uploaded: Uploaded }
  | { readonly ok: false; readonly why: "empty" }
  | { readonly ok: false; readonly why: "type_refused"; readonly mimeType: string | undefined }
  | { readonly ok: false; readonly why: "too_large"; readonly limit: number };

const UNKNOWN_TYPE = "application/octet-stream";
/** How long Meta may fetch a file that we tell it the address of: a send is retried for about forty minutes. */
const META_LINK_LIFE_MS = 60 * 60_000;

class TooLarge extends Error {}
class Empty extends Error {}

/**
 * Takes a file in as it comes, up to what the conversation's channel carries, under a name that only this conversation's
 * messages can use. One that is never sent goes with the bucket's age limit.
 */
export async function storeUpload(bucket: Bucket, uploadId: string, upload: Upload): Promise<UploadResult> {
  const { mimeType: sniffed, bytes } = await sniff(upload.bytes);
  const type = sendableAs(upload.channel, sniffed);
  if (type === undefined) return { ok: false, why: "type_refused", mimeType: sniffed };
  const limit = sizeLimit(upload.channel, type);
  const mimeType = sniffed ?? UNKNOWN_TYPE;
  const counted = { size: 0 };
  const metadata = { type, ...(upload.fileName !== undefined && { fileName: encodeURIComponent(upload.fileName) }) };
  try {
    const object = sentObject(upload.conversationId, uploadId);
    await bucket.write(object, counting(bytes, limit, counted), { contentType: mimeType, metadata });
  } catch (error) {
    if (error instanceof TooLarge) return { ok: false, why: "too_large", limit };
    if (error instanceof Empty) return { ok: false, why: "empty" };
    throw error;
  }
  const named = upload.fileName === undefined ? {} : { fileName: upload.fileName };
  return { ok: true, uploaded: { uploadId, type, mimeType, size: counted.size, ...named } };
}

async function* counting(
  bytes: AsyncIterable<Uint8Array>,
  limit: number,
  counted: { size: number },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    counted.size += chunk.length;
    if (counted.size > limit) throw new TooLarge();
    yield chunk;
  }
  if (counted.size === 0) throw new Empty();
}

/** The upload as the message's attachment; `undefined` when this conversation has none of this id. */
export async function uploadedAttachment(
  bucket: Bucket,
  conversationId: string,
  uploadId: string,
): Promise<Attachment | undefined> {
  const object = sentObject(conversationId, uploadId);
  const stored = await bucket.stat(object);
  if (!stored) return undefined;
  const { type, fileName } = stored.metadata;
  return {
    type: type as FileKind,
    mimeType: stored.contentType,
    state: "stored",
    size: stored.size,
    object,
    ...(fileName !== undefined && { fileName: decodeURIComponent(fileName) }),
  };
}

/** The conversation is part of the name: an upload for one cannot be sent into another. */
function sentObject(conversationId: string, uploadId: string): string {
  return `sent/${hash("sha256", conversationId, "hex").slice(0, 32)}/${uploadId}`;
}

/** Opens a stored file for a channel. */
export type OpenFile = (attachment: Attachment) => OutboundFile;

export interface OpenFileOptions {
  readonly bucket: Bucket;
  /** Where this API is for Meta. */
  readonly publicUrl: string;
  /** The first signs. */
  readonly secrets: readonly string[];
  /** Unix milliseconds. */
  readonly now: () => number;
}

export function createOpenFile({ bucket, publicUrl, secrets, now }: OpenFileOptions): OpenFile {
  return ({ type, object = "", mimeType: contentType = UNKNOWN_TYPE, size = 0, fileName }) => ({
    kind: type as FileKind,
    mimeType: contentType,
    size,
    ...(fileName !== undefined && { fileName }),
    bytes: () => bucket.read(object),
    link: () => {
      const expiresAt = now() + META_LINK_LIFE_MS;
      const path = signedPath(
        { object, contentType, expiresAt, ...(fileName !== undefined && { fileName }) },
        secrets[0] ?? "",
      );
      return `${publicUrl.replace(/\/+$/, "")}${path}`;
    },
  });
}
