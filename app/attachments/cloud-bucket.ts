import { pipeline } from "node:stream/promises";
import type { Bucket as CloudBucket } from "@google-cloud/storage";
import type { Bucket } from "./bucket.ts";

/** One request a file up to here: the library's other way asks for a session first, which only pays for huge files. */
const ONE_REQUEST = { resumable: false } as const;
const NOT_FOUND = 404;

/**
 * The bucket in Cloud Storage. The library is loaded when a file first comes: it would be most of a cold start, and most
 * messages carry none. It takes the local stack's address from `STORAGE_EMULATOR_HOST`.
 */
export function createCloudBucket(projectId: string, name: string): Bucket {
  let opened: Promise<CloudBucket> | undefined;
  const open = () => {
    opened ??= import("@google-cloud/storage").then(({ Storage }) => new Storage({ projectId }).bucket(name));
    return opened;
  };
  return {
    async write(object, bytes, { contentType, metadata }) {
      const file = (await open()).file(object);
      const sink = file.createWriteStream({ ...ONE_REQUEST, metadata: { contentType, metadata } });
      await pipeline(bytes, sink);
    },
    async stat(object) {
      try {
        const [found] = await (await open()).file(object).getMetadata();
        return {
          size: Number(found.size),
          contentType: found.contentType ?? "application/octet-stream",
          metadata: textsIn(found.metadata),
        };
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === NOT_FOUND) return undefined;
        throw error;
      }
    },
    async read(object, range) {
      // A part of a file has no checksum of its own.
      return (await open()).file(object).createReadStream({ ...range, validation: range === undefined });
    },
    async removeAll(prefix) {
      await (await open()).deleteFiles({ prefix });
    },
  };
}

function textsIn(metadata: object | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata ?? {}).map(([key, value]) => [key, String(value)]));
}
