import { open } from "node:fs/promises";
import { hasCode } from "./errors.ts";

/** Enough for any few lines, and no more of a log of gigabytes. Bytes. */
const TAIL_BYTES = 16_384;

/** The last `count` non-empty lines of a log file; none when there is no file. */
export async function lastLines(path: string, count: number): Promise<string[]> {
  try {
    await using file = await open(path, "r");
    const { size } = await file.stat();
    const length = Math.min(size, TAIL_BYTES);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer
      .toString("utf8")
      .split("\n")
      .filter((line) => line.trim().length > 0)
      .slice(-count);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  }
}
