import { mkdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ConcurrentUpdateError, type Stack } from "@pulumi/pulumi/automation/index.js";
import { expect, test, vi } from "vitest";
import { temporaryFolder } from "../testing.ts";
import { withLock } from "./lock.ts";

/** No process of Linux, macOS or Windows has a number like it. */
const NOBODY = 2 ** 30;

/** A stack whose folder holds a lock, until it is cancelled. */
function lockedBy(lock: { pid: number; hostname: string }, failure?: Error) {
  const state = temporaryFolder();
  const locks = join(state, ".pulumi/locks/organization/servio-omnichannel/local");
  mkdirSync(locks, { recursive: true });
  writeFileSync(join(locks, "example.json"), JSON.stringify({ ...lock, username: "example" }));
  let locked = true;
  const cancel = vi.fn(async () => {
    locked = false;
  });
  const workspace = { projectSettings: async () => ({ backend: { url: pathToFileURL(state).href } }) };
  const stack = { name: "local", cancel, workspace } as unknown as Stack;
  const refusal = { stdout: "", stderr: "the stack is currently locked", code: 255 };
  const Refused = ConcurrentUpdateError as unknown as new (result: object) => ConcurrentUpdateError;
  const operation = vi.fn(async () => {
    if (locked) throw failure ?? new Refused(refusal);
  });
  const told: string[] = [];
  const run = () => withLock(stack, (event) => told.push(event.type === "notice" ? event.text : event.type), operation);
  return { run, cancel, operation, told };
}

test("the lock of a process that is gone is taken away, and the operation is run", async () => {
  const { run, operation, told } = lockedBy({ pid: NOBODY, hostname: hostname() });
  await run();
  expect(operation).toHaveBeenCalledTimes(2);
  expect(told).toEqual(["taking away the lock of a run that was killed"]);
});

test.each([
  ["a process that runs", { pid: process.pid, hostname: hostname() }],
  ["another machine", { pid: NOBODY, hostname: "another-machine" }],
])("the lock of %s is respected, and its process named", async (_, lock) => {
  const { run, cancel } = lockedBy(lock);
  await expect(run()).rejects.toMatchObject({
    code: "stack_locked",
    message: expect.stringContaining(`process ${lock.pid}`),
  });
  expect(cancel).not.toHaveBeenCalled();
});

const torn = new Error("error: failed to load checkpoint: EOF");

test("a state that is cut off because a live run is writing it is that run's", async () => {
  const { run, cancel } = lockedBy({ pid: process.pid, hostname: hostname() }, torn);
  await expect(run()).rejects.toMatchObject({ code: "stack_locked" });
  expect(cancel).not.toHaveBeenCalled();
});

test("one that is cut off while nobody writes it is told as it is", async () => {
  const { run, cancel } = lockedBy({ pid: NOBODY, hostname: hostname() }, torn);
  await expect(run()).rejects.toBe(torn);
  expect(cancel).not.toHaveBeenCalled();
});

test("what fails for another reason is no lock", async () => {
  const { cancel } = lockedBy({ pid: NOBODY, hostname: hostname() });
  const failing = withLock(
    { cancel } as unknown as Stack,
    () => undefined,
    async () => {
      throw new Error("another reason");
    },
  );
  await expect(failing).rejects.toThrow("another reason");
  expect(cancel).not.toHaveBeenCalled();
});
