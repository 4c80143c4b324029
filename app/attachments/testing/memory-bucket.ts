import { Readable } from "node:stream";
import type { Bucket, StoredObject } from "../bucket.ts";

/** A bucket in memory, all or nothing as the real one. */
export interface MemoryBucket extends Bucket {
  readonly objects: Map<string, StoredObject & { readonly bytes: Buffer }>;
  /** The next writes fail with this, until it is taken away. */
  failure: Error | undefined;
}

export function memoryBucket(): MemoryBucket {
  const objects: MemoryBucket["objects"] = new Map();
  const bucket: MemoryBucket = {
    objects,
    failure: undefined,
    async write(name, stream, object) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      if (bucket.failure) throw bucket.failure;
      const bytes = Buffer.concat(chunks);
      objects.set(name, { ...object, bytes, size: bytes.length });
    },
    stat: async (name) => objects.get(name),
    async read(name, range) {
      const bytes = objects.get(name)?.bytes ?? Buffer.alloc(0);
      return Readable.from([range ? bytes.subarray(range.start, range.end + 1) : bytes]);
    },
    async removeAll(prefix) {
      for (const name of [...objects.keys()]) if (name.startsWith(prefix)) objects.delete(name);
    },
  };
  return bucket;
}
