import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { hasCode } from "../../errors.ts";
import { isRunning } from "../../process-table.ts";

/** Tells the plugin, which the engine starts, where the local cloud of this run is. */
export const CLOUD_FILE_VARIABLE = "SERVIO_LOCAL_CLOUD";

const schema = z.object({
  pid: z.int().positive(),
  startTime: z.string().min(1),
  /** The control port, on 127.0.0.1. */
  port: z.int().positive(),
  /** What every call must bring: a page in a browser can reach the port, but not this file. */
  token: z.string().min(32),
  basePort: z.int().positive(),
  /** Of the code that it runs. */
  code: z.string(),
  geminiIsReal: z.boolean(),
});
/** The running local cloud of one stack. */
export type CloudFile = z.output<typeof schema>;

export function cloudFilePath(home: string): string {
  return join(home, "cloud.json");
}

/** Undefined when no cloud runs: there is no file, or the process that wrote it has ended. */
export async function readCloudFile(path: string): Promise<CloudFile | undefined> {
  const file = parse(path);
  return file && (await isRunning(file)) ? file : undefined;
}

/** Where the last cloud was, whether it still runs or not. */
export function lastBasePort(path: string): number | undefined {
  return parse(path)?.basePort;
}

function parse(path: string): CloudFile | undefined {
  try {
    return schema.safeParse(JSON.parse(readFileSync(path, "utf8"))).data;
  } catch (error) {
    if (hasCode(error, "ENOENT") || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** For this user's eyes only; whole or not at all. It outlives its cloud, so that the next one takes the same ports. */
export function writeCloudFile(path: string, file: CloudFile): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path);
}
