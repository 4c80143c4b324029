import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";
import { LocalError } from "../../errors.ts";
import { lastLines } from "../../log-tail.ts";
import { isRunning, signalGroup } from "../../process-table.ts";
import { clientOf, type RunningCloud } from "./client.ts";
import { cloudFilePath, readCloudFile } from "./cloud-file.ts";

/** What the daemon's process is told. */
export const daemonOptions = z.object({ root: z.string(), home: z.string(), basePort: z.int() });
export type DaemonOptions = z.output<typeof daemonOptions>;

/** What the daemon's process says once, before it is on its own. */
export type DaemonMessage =
  | { readonly type: "standing" }
  | { readonly type: "failed"; readonly code: string; readonly seen: string; readonly advice: string };

const message = z.discriminatedUnion("type", [
  z.object({ type: z.literal("standing") }),
  z.object({ type: z.literal("failed"), code: z.string(), seen: z.string(), advice: z.string() }),
]);

const SHOWN_LINES = 15;
/** Ten seconds of grace for the app, three for the emulators, and the rest. Milliseconds. */
const STOP_DEADLINE_MS = 30_000;
const POLL_MS = 50;

/** The local cloud of a stack, if it runs. */
export async function findCloud(home: string): Promise<RunningCloud | undefined> {
  const file = await readCloudFile(cloudFilePath(home));
  return file && clientOf(file);
}

/**
 * Starts the local cloud of a stack in a process that outlives this one.
 * @throws {LocalError} `port_taken` and the like, as it says itself.
 */
export async function launchCloud(options: DaemonOptions): Promise<RunningCloud> {
  mkdirSync(options.home, { recursive: true });
  const logFile = join(options.home, "cloud.log");
  const log = openSync(logFile, "w");
  const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts"), JSON.stringify(options)], {
    cwd: options.root,
    // A group of its own: neither Ctrl-C here nor the end of this terminal reaches it.
    detached: true,
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  const ended = once(child, "exit").then(() => undefined);
  const heard = await Promise.race([once(child, "message").then(([first]) => message.parse(first)), ended]);
  child.unref();
  const cloud = heard?.type === "standing" ? await findCloud(options.home) : undefined;
  if (cloud) return cloud;
  await ended;
  if (heard?.type === "failed") throw new LocalError(heard.code, heard.seen, heard.advice);
  const lines = (await lastLines(logFile, SHOWN_LINES)).map((line) => `    ${line}`).join("\n");
  throw new LocalError(
    "cloud_not_started",
    `The local cloud ended while it started:\n${lines}`,
    `The whole log: ${logFile}`,
  );
}

/** Ends it and waits until its process is gone. */
export async function stopCloud(cloud: RunningCloud): Promise<void> {
  await cloud.stop();
  const deadline = Date.now() + STOP_DEADLINE_MS;
  while (await isRunning(cloud.file)) {
    if (Date.now() > deadline) signalGroup(cloud.file.pid, "SIGKILL");
    await delay(POLL_MS);
  }
}
