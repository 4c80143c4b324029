import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { type Zippable, zipSync } from "fflate";
import { pack } from "tar-stream";

/** A file of an archive: its path inside, with `/`, and its bytes. */
export interface ArchiveFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * The same fixed time everywhere makes two builds of one source byte-identical. Tar writes an instant; ZIP, which cannot tell
 * a time before 1980, writes what a clock on the wall shows, and must not show whose wall it is.
 */
const FIXED_INSTANT = new Date(Date.UTC(1980, 0, 1, 12));
const fixedWallClock = (): Date => new Date(1980, 0, 1, 12);

const byPath = (a: ArchiveFile, b: ArchiveFile): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

/** A gzipped tar, the form in which Cloud Run takes source without a build. Same files, same bytes. */
export async function tarGz(files: readonly ArchiveFile[]): Promise<Buffer> {
  const archive = pack();
  for (const file of [...files].sort(byPath)) {
    archive.entry({ name: file.path, mode: 0o644, mtime: FIXED_INSTANT, uid: 0, gid: 0 }, Buffer.from(file.bytes));
  }
  archive.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive) chunks.push(chunk as Uint8Array);
  const bytes = gzipSync(Buffer.concat(chunks), { level: 9 });
  // RFC 1952: byte 9 names the operating system that wrote the file; zlib differs by platform.
  bytes[9] = 255;
  return bytes;
}

/** A ZIP, the form in which Cloud Functions takes source. Same files, same bytes. */
export function zip(files: readonly ArchiveFile[]): Buffer {
  const entries: Zippable = {};
  for (const file of [...files].sort(byPath)) {
    entries[file.path] = [file.bytes, { level: 9, mtime: fixedWallClock(), os: 3, attrs: 0o100644 << 16 }];
  }
  return Buffer.from(zipSync(entries));
}

/** Lower-case hex SHA-256. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
