import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import type { OutboundFile } from "../channel.ts";

/** A form with one file, as its bytes come: the platform's own FormData would have to hold them all. */
export interface MultipartBody {
  readonly contentType: string;
  readonly body: ReadableStream<Uint8Array>;
}

/** `multipart/form-data` (RFC 7578). */
export function multipart(file: OutboundFile, fields: Readonly<Record<string, string>>): MultipartBody {
  const boundary = `servio-${randomUUID()}`;
  const part = (disposition: string, type = "") =>
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${type}\r\n`;
  const before = Object.entries(fields).map(([name, value]) => `${part(`name="${name}"`)}${value}\r\n`);
  // The name is ours: the customer's copy is named in the message.
  const head = `${before.join("")}${part('name="file"; filename="file"', `Content-Type: ${file.mimeType}\r\n`)}`;
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: Readable.toWeb(Readable.from(whole(head, file, `\r\n--${boundary}--\r\n`))) as ReadableStream<Uint8Array>,
  };
}

async function* whole(head: string, file: OutboundFile, tail: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(head);
  yield* await file.bytes();
  yield Buffer.from(tail);
}
