import { open } from "node:fs/promises";
import { hasCode } from "../../errors.ts";

/** Reads what has been added to a file, line by line. */
export interface LogFollower {
  /** The whole lines since the last call; none while there is no file. */
  read(): Promise<string[]>;
}

/** At once at most; what is beyond comes with the next call. Bytes. */
const CHUNK = 4 * 1024 * 1024;

export function followLog(path: string): LogFollower {
  let position = 0;
  let rest = Buffer.alloc(0);
  return {
    async read() {
      try {
        await using file = await open(path, "r");
        const { size } = await file.stat();
        // A process that starts anew may begin its file anew.
        if (size < position) [position, rest] = [0, Buffer.alloc(0)];
        const { buffer, bytesRead } = await file.read(
          Buffer.alloc(Math.min(CHUNK, size - position)),
          0,
          null,
          position,
        );
        position += bytesRead;
        const text = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
        const end = text.lastIndexOf(10) + 1;
        rest = Buffer.from(text.subarray(end));
        return text
          .subarray(0, end)
          .toString("utf8")
          .split("\n")
          .filter((line) => line !== "");
      } catch (error) {
        if (hasCode(error, "ENOENT")) return [];
        throw error;
      }
    },
  };
}
