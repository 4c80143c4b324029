import type { Readable } from "node:stream";

/** What is known of a stored file. */
export interface StoredObject {
  /** Bytes. */
  readonly size: number;
  readonly contentType: string;
  /** What we wrote beside it. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Bytes of a file, both ends included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** The private bucket, and nothing more of Cloud Storage than is needed here. */
export interface Bucket {
  /** Stores the whole stream or nothing; what was there under the name is replaced. @throws when it cannot be stored */
  write(name: string, bytes: AsyncIterable<Uint8Array>, object: Omit<StoredObject, "size">): Promise<void>;
  /** `undefined` when there is none of this name. */
  stat(name: string): Promise<StoredObject | undefined>;
  read(name: string, range?: ByteRange): Promise<Readable>;
  /** Removes everything whose name begins so. */
  removeAll(prefix: string): Promise<void>;
}
