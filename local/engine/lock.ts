import { readdir, readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ConcurrentUpdateError, type Stack } from "@pulumi/pulumi/automation/index.js";
import * as z from "zod";
import type { LocalEvent } from "../cloud.ts";
import { LocalError } from "../errors.ts";
import { startTimeOf } from "../process-table.ts";

/** What Pulumi's folder backend writes into a lock (pkg/backend/diy/lock.go). */
const lockFile = z.object({ pid: z.number(), hostname: z.string() });

/**
 * Runs an operation on a stack. A lock that a killed run left behind is taken away; that of a live run is respected.
 * @throws {LocalError} `stack_locked`, with the process that holds it.
 */
export async function withLock(
  stack: Stack,
  onEvent: (event: LocalEvent) => void,
  operation: () => Promise<void>,
): Promise<void> {
  try {
    await operation();
  } catch (error) {
    const locked = error instanceof ConcurrentUpdateError;
    if (!locked && !isTorn(error)) throw error;
    const holder = await liveHolder(stack);
    if (holder !== undefined) {
      throw new LocalError(
        "stack_locked",
        `Another run (process ${holder}) is at work on the stack "${stack.name}".`,
        "Wait for it, or end it; then run this again.",
      );
    }
    if (!locked) throw error;
    onEvent({ type: "notice", text: "taking away the lock of a run that was killed" });
    await stack.cancel();
    await operation();
  }
}

/**
 * The folder backend reads the state before it looks for a lock, and writes it in place: where another run is just
 * writing it, what is read ends too early.
 */
function isTorn(error: unknown): boolean {
  return error instanceof Error && error.message.includes("failed to load checkpoint");
}

async function liveHolder(stack: Stack): Promise<number | undefined> {
  const { backend } = await stack.workspace.projectSettings();
  const locks = join(fileURLToPath(backend?.url ?? ""), ".pulumi", "locks");
  for (const entry of await readdir(locks, { recursive: true })) {
    if (!entry.endsWith(".json")) continue;
    const lock = lockFile.safeParse(JSON.parse(await readFile(join(locks, entry), "utf8"))).data;
    // A folder on this machine: a process of another one cannot be seen from here, and is taken for alive.
    if (lock && (lock.hostname !== hostname() || (await startTimeOf(lock.pid)) !== undefined)) return lock.pid;
  }
  return undefined;
}
