import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { endLeftOvers, readPidFile, removePidFile, writePidFile } from "./pid-file.ts";
import { startTimeOf } from "./process-table.ts";
import { temporaryFolder } from "./testing.ts";

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

async function sleeper(): Promise<{ child: ChildProcess; pid: number; startTime: string }> {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { detached: true, stdio: "ignore" });
  children.push(child);
  await once(child, "spawn");
  const pid = child.pid ?? 0;
  return { child, pid, startTime: (await startTimeOf(pid)) ?? "" };
}

const DEAD_OWNER = { pid: 2_000_000_000, startTime: "0", url: "http://127.0.0.1:1" };

test("what a killed owner left is ended; a process that only has the same id is left alone", async () => {
  const [left, stranger] = [await sleeper(), await sleeper()];
  const ended = await endLeftOvers({
    owner: DEAD_OWNER,
    processes: [
      { name: "api", pid: left.pid, startTime: left.startTime },
      { name: "webhook", pid: stranger.pid, startTime: "another time" },
    ],
  });
  expect(ended).toEqual(["api"]);
  expect(left.child.exitCode ?? left.child.signalCode ?? (await once(left.child, "exit"))[1]).toBe("SIGTERM");
  expect(await startTimeOf(stranger.pid)).toBe(stranger.startTime);
});

test("it is read as it was written; none, or half of one, is none", () => {
  const path = join(temporaryFolder(), "processes.json");
  expect(readPidFile(path)).toBeUndefined();
  const file = { owner: DEAD_OWNER, processes: [{ name: "api", pid: 7, startTime: "12" }] };
  writePidFile(path, file);
  expect(readPidFile(path)).toEqual(file);
  writeFileSync(path, '{"owner":');
  expect(readPidFile(path)).toBeUndefined();
  removePidFile(path);
  expect(readPidFile(path)).toBeUndefined();
});
