import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";
import { hasCode } from "./errors.ts";
import { isRunning, signalGroup } from "./process-table.ts";

/**
 * Who runs the local cloud of this folder, and which processes it started. Written at each start and stop of a process,
 * so that whoever comes after a killed owner can clean up what that one left.
 */

const identity = { pid: z.int().positive(), startTime: z.string().min(1) };
const schema = z.object({
  owner: z.object({ ...identity, url: z.string() }),
  processes: z.array(z.object({ name: z.string(), ...identity })),
});
export type PidFile = z.output<typeof schema>;

/** Undefined when there is none, or when a writer was cut short (then nothing can be told from it). */
export function readPidFile(path: string): PidFile | undefined {
  try {
    return schema.safeParse(JSON.parse(readFileSync(path, "utf8"))).data;
  } catch (error) {
    if (hasCode(error, "ENOENT") || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Replaces the file in one step, so that a reader never sees half of it. */
export function writePidFile(path: string, content: PidFile): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`);
  renameSync(draft, path);
}

export function removePidFile(path: string): void {
  rmSync(path, { force: true });
}

/** How long a left-over process may take to end by itself before it is killed. */
const GRACE_MS = 3_000;
const POLL_MS = 50;

/**
 * Ends what a killed owner left running: only processes whose id and start time are the recorded ones.
 * @returns the names of those that were ended.
 */
export async function endLeftOvers(file: PidFile): Promise<string[]> {
  const running = await filterAsync(file.processes, isRunning);
  for (const { pid } of running) signalGroup(pid, "SIGTERM");
  const deadline = Date.now() + GRACE_MS;
  for (const left of running) {
    while ((await isRunning(left)) && Date.now() < deadline) await delay(POLL_MS);
    signalGroup(left.pid, "SIGKILL");
  }
  return running.map(({ name }) => name);
}

async function filterAsync<T>(items: readonly T[], test: (item: T) => Promise<boolean>): Promise<T[]> {
  const kept = await Promise.all(items.map(test));
  return items.filter((_, index) => kept[index]);
}
