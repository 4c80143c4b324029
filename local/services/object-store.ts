import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hasCode, LocalError } from "../errors.ts";
import type { LocalAsset } from "../wire.ts";
import { crc32c } from "./crc32c.ts";

export interface StoredObject {
  readonly bucket: string;
  readonly name: string;
  /** Where the bytes lie, named after their hash. */
  readonly path: string;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly md5: Buffer;
  readonly size: number;
  /** Follows from the content, so that the same bytes are the same generation. */
  readonly generation: number;
  /** As the JSON API writes it. */
  readonly crc32c: string;
  readonly contentType: string;
  /** What its owner wrote beside it. */
  readonly metadata: Readonly<Record<string, string>>;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** What may be told of an object beside its bytes. */
export type ObjectDescription = Partial<Pick<StoredObject, "contentType" | "metadata">>;

/** The local Cloud Storage: objects are files under `.local/storage`, addressed by their content. */
export interface ObjectStore {
  /** Makes a bucket known; objects may be put without. */
  addBucket(bucket: string): void;
  hasBucket(bucket: string): boolean;
  put(
    bucket: string,
    name: string,
    source: LocalAsset | string | Buffer,
    description?: ObjectDescription,
  ): Promise<StoredObject>;
  /** By name. */
  list(bucket: string, prefix: string): StoredObject[];
  /** @throws {LocalError} `object_missing` */
  get(bucket: string, name: string): StoredObject;
  find(bucket: string, name: string): StoredObject | undefined;
  /** Whether its bytes are still where they were put. */
  exists(bucket: string, name: string): boolean;
  delete(bucket: string, name: string): void;
}

export function createObjectStore(folder: string): ObjectStore {
  const objects = new Map<string, StoredObject>();
  const buckets = new Set<string>();
  const key = (bucket: string, name: string) => `${bucket}/${name}`;
  return {
    addBucket: (bucket) => void buckets.add(bucket),
    hasBucket: (bucket) => buckets.has(bucket),
    list: (bucket, prefix) =>
      [...objects.values()]
        .filter((object) => object.bucket === bucket && object.name.startsWith(prefix))
        .sort((left, right) => (left.name < right.name ? -1 : 1)),
    async put(bucket, name, source, description = {}) {
      const bytes = await bytesOf(source);
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const path = join(folder, bucket, sha256);
      await writeOnce(path, bytes);
      const md5 = createHash("md5").update(bytes).digest();
      const object = {
        bucket,
        name,
        path,
        sha256,
        md5,
        size: bytes.length,
        generation: generationOf(sha256),
        crc32c: crc32c(bytes),
        contentType: description.contentType ?? "application/octet-stream",
        metadata: description.metadata ?? {},
        createdAt: new Date().toISOString(),
      };
      buckets.add(bucket);
      objects.set(key(bucket, name), object);
      return object;
    },
    get(bucket, name) {
      const found = objects.get(key(bucket, name));
      if (found) return found;
      throw new LocalError(
        "object_missing",
        `There is no object "${name}" in bucket "${bucket}".`,
        "Take bucket and object from the BucketObject's outputs, so that it exists before what reads it.",
      );
    },
    find: (bucket, name) => objects.get(key(bucket, name)),
    exists(bucket, name) {
      const stored = objects.get(key(bucket, name));
      return stored !== undefined && existsSync(stored.path);
    },
    delete: (bucket, name) => void objects.delete(key(bucket, name)),
  };
}

/** 48 bits, so that it is exact in a JSON number. */
function generationOf(sha256: string): number {
  return Number.parseInt(sha256.slice(0, 12), 16);
}

async function bytesOf(source: LocalAsset | string | Buffer): Promise<Buffer> {
  if (Buffer.isBuffer(source)) return source;
  if (typeof source === "string") return Buffer.from(source);
  if (source.text !== undefined) return Buffer.from(source.text);
  const path = source.path ?? "";
  try {
    if ((await stat(path)).isFile()) return await readFile(path);
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
    throw new LocalError(
      "source_missing",
      `The object's source ${path} does not exist.`,
      "Build it first: npm run build",
    );
  }
  throw new LocalError(
    "source_folder",
    `The object's source ${path} is a folder.`,
    "Give a file: locally nothing packs folders, and a packed file has the same bytes everywhere.",
  );
}

async function writeOnce(path: string, bytes: Buffer): Promise<void> {
  await mkdir(join(path, ".."), { recursive: true });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, bytes);
  await rename(draft, path);
  await rm(draft, { force: true });
}
