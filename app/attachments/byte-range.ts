import type { ByteRange } from "./bucket.ts";

/**
 * Reads a `Range` header (RFC 9110, section 14). One range is honoured; several, another unit or nonsense are ignored, as
 * the RFC allows, and the whole file is sent.
 *
 * @returns `unsatisfiable` when the file ends before the range begins
 */
export function readRange(header: string | undefined, size: number): ByteRange | "unsatisfiable" | undefined {
  const [, first = "", last = ""] = header?.match(/^bytes=(\d*)-(\d*)$/) ?? [];
  if (first === "" && last === "") return undefined;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "unsatisfiable" : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (start >= size) return "unsatisfiable";
  return end < start ? undefined : { start, end };
}
