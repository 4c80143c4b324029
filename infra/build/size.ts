import type { ArchiveFile } from "./archive.ts";

const MEGABYTE = 1_000_000;

/** Bytes that Google takes: Cloud Run's source without a build (250 MiB), and a function's source (100 MB, compressed). */
export const SIZE_LIMITS = { api: 250 * 1_048_576, webhook: 100 * MEGABYTE } as const;

/** Raised before the upload that Google would refuse; names what makes the archive large. */
export class ArchiveTooLargeError extends Error {
  readonly code = "archive_too_large";
  constructor(name: string, size: number, limit: number, files: readonly ArchiveFile[]) {
    const largest = files
      .toSorted((one, other) => other.bytes.length - one.bytes.length)
      .slice(0, 5)
      .map(({ path, bytes }) => `  ${megabytes(bytes.length)}  ${path}`);
    super(
      `The archive of ${name} has ${megabytes(size)}, and Google takes at most ${megabytes(limit)}. Its largest files:\n` +
        `${largest.join("\n")}\nTake out what it does not need to run, or serve large files from a bucket.`,
    );
    this.name = "ArchiveTooLargeError";
  }
}

/** @throws {ArchiveTooLargeError} */
export function requireSize(
  name: keyof typeof SIZE_LIMITS,
  archive: Uint8Array,
  files: readonly ArchiveFile[],
  limit: number = SIZE_LIMITS[name],
): void {
  if (archive.length > limit) throw new ArchiveTooLargeError(name, archive.length, limit, files);
}

function megabytes(bytes: number): string {
  return `${(bytes / MEGABYTE).toFixed(1)} MB`;
}
