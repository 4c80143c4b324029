import { createReadStream } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import type { ObjectStore, StoredObject } from "./object-store.ts";

/**
 * The part of Cloud Storage's JSON API that Google's client calls: upload, read, list and delete of objects, errors
 * included. https://cloud.google.com/storage/docs/json_api/v1
 */
export interface StorageApi {
  handle(request: IncomingMessage, response: ServerResponse, call: StorageCall): Promise<void>;
}

export interface StorageCall {
  /** Decoded: `["b", bucket, "o", object]` */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly upload: boolean;
}

/**
 * Whether an address is one of this API's: `/storage/v1/b/…`, `/upload/storage/v1/b/…`, and `/b/…` alone, which is how
 * Google's client reads from an emulator.
 */
export function readStorageCall(url: URL): StorageCall | undefined {
  const [, upload, path] = /^(\/upload)?(?:\/storage\/v1)?\/(b\/.*)$/.exec(url.pathname) ?? [];
  if (path === undefined) return undefined;
  return { upload: upload !== undefined, path: path.split("/").map(decodeURIComponent), query: url.searchParams };
}

/** Refused in Google's own words. */
class ApiError extends Error {
  readonly status: number;
  readonly reason: string;
  constructor(status: number, reason: string, message: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

export function createStorageApi(objects: ObjectStore, baseUrl: string): StorageApi {
  async function answer(request: IncomingMessage, response: ServerResponse, call: StorageCall): Promise<void> {
    const [b, bucket = "", o, ...rest] = call.path;
    if (b !== "b" || o !== "o") throw new ApiError(501, "notImplemented", "Only objects are served here.");
    if (!objects.hasBucket(bucket)) throw new ApiError(404, "notFound", "The specified bucket does not exist.");
    const name = rest.join("/");
    if (request.method === "POST" && call.upload) {
      const stored = await upload(objects, bucket, request, call.query);
      return json(response, 200, resource(stored, baseUrl));
    }
    if (request.method === "GET" && name === "") {
      const items = objects.list(bucket, call.query.get("prefix") ?? "").map((one) => resource(one, baseUrl));
      return json(response, 200, { kind: "storage#objects", ...(items.length > 0 && { items }) });
    }
    const found = objects.find(bucket, name);
    if (!found) throw new ApiError(404, "notFound", `No such object: ${bucket}/${name}`);
    if (request.method === "DELETE") {
      objects.delete(bucket, name);
      response.writeHead(204).end();
    } else if (request.method === "GET" && call.query.get("alt") === "media") {
      download(found, request, response);
    } else if (request.method === "GET") {
      json(response, 200, resource(found, baseUrl));
    } else {
      throw new ApiError(501, "notImplemented", `${request.method} of an object is not simulated.`);
    }
  }

  return {
    handle: (request, response, call) =>
      answer(request, response, call).catch((error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        request.resume();
        const { status: code, message, reason } = error;
        json(response, code, { error: { code, message, errors: [{ message, domain: "global", reason }] } });
      }),
  };
}

const described = z.looseObject({
  name: z.string().optional(),
  contentType: z.string().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
});

/** `uploadType=multipart`: the description as JSON, then the bytes (RFC 2387). */
async function upload(
  objects: ObjectStore,
  bucket: string,
  request: IncomingMessage,
  query: URLSearchParams,
): Promise<StoredObject> {
  const uploadType = query.get("uploadType");
  if (uploadType !== "multipart") {
    throw new ApiError(501, "notImplemented", `uploadType ${uploadType} is not simulated: use resumable: false.`);
  }
  const parts = partsOf(await bytesOf(request), request.headers["content-type"] ?? "");
  const [first, media] = parts;
  if (parts.length !== 2 || !first || !media) throw new ApiError(400, "badRequest", "Malformed multipart body.");
  const description = described.parse(JSON.parse(first.body.toString("utf8")));
  const name = query.get("name") ?? description.name;
  if (!name) throw new ApiError(400, "required", "Required parameter: name");
  if (query.get("ifGenerationMatch") === "0" && objects.find(bucket, name)) {
    throw new ApiError(412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
  }
  return objects.put(bucket, name, media.body, {
    contentType: description.contentType ?? media.contentType ?? "application/octet-stream",
    metadata: description.metadata ?? {},
  });
}

interface Part {
  readonly contentType: string | undefined;
  readonly body: Buffer;
}

function partsOf(body: Buffer, contentType: string): Part[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) throw new ApiError(400, "badRequest", "The Content-Type names no boundary.");
  const mark = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  for (let at = body.indexOf(mark); at >= 0; ) {
    const next = body.indexOf(mark, at + mark.length);
    if (next < 0) break;
    const headEnd = body.indexOf("\r\n\r\n", at);
    const head = body.subarray(at + mark.length, headEnd).toString("latin1");
    // The line break before the next mark belongs to the mark.
    parts.push({
      contentType: /^content-type:\s*(.+)$/im.exec(head)?.[1]?.trim(),
      body: body.subarray(headEnd + 4, next - 2),
    });
    at = next;
  }
  return parts;
}

function download(stored: StoredObject, request: IncomingMessage, response: ServerResponse): void {
  const [, first = "", last = ""] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
  const start = first === "" ? 0 : Number(first);
  const end = last === "" ? stored.size - 1 : Math.min(Number(last), stored.size - 1);
  if (first !== "" && start >= stored.size) {
    throw new ApiError(416, "requestedRangeNotSatisfiable", "The requested range cannot be satisfied.");
  }
  response.writeHead(first === "" ? 200 : 206, {
    "content-type": stored.contentType,
    "content-length": end - start + 1,
    "x-goog-hash": `crc32c=${stored.crc32c},md5=${stored.md5.toString("base64")}`,
    "x-goog-generation": String(stored.generation),
    ...(first !== "" && { "content-range": `bytes ${start}-${end}/${stored.size}` }),
  });
  if (stored.size === 0) response.end();
  else createReadStream(stored.path, { start, end }).pipe(response);
}

function resource(stored: StoredObject, baseUrl: string) {
  const selfLink = `${baseUrl}/storage/v1/b/${stored.bucket}/o/${encodeURIComponent(stored.name)}`;
  return {
    kind: "storage#object",
    id: `${stored.bucket}/${stored.name}/${stored.generation}`,
    selfLink,
    mediaLink: `${selfLink}?generation=${stored.generation}&alt=media`,
    name: stored.name,
    bucket: stored.bucket,
    generation: String(stored.generation),
    metageneration: "1",
    contentType: stored.contentType,
    storageClass: "STANDARD",
    size: String(stored.size),
    md5Hash: stored.md5.toString("base64"),
    crc32c: stored.crc32c,
    etag: stored.sha256.slice(0, 16),
    timeCreated: stored.createdAt,
    updated: stored.createdAt,
    metadata: stored.metadata,
  };
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=UTF-8" });
  response.end(JSON.stringify(body));
}
