import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readPidFile } from "./pid-file.ts";
import { isRunning, signalGroup, startTimeOf } from "./process-table.ts";
import { restartDelay } from "./supervised-process.ts";
import { createSupervisor, type ProcessEvent, type ProcessSpec, type Supervisor } from "./supervisor.ts";
import { freePort, temporaryFolder } from "./testing.ts";

const SERVER = "require('node:http').createServer((q, s) => s.end('ok')).listen(Number(process.env.PORT), '127.0.0.1')";

let home: string;
let supervisor: Supervisor;
let events: ProcessEvent[];
let waiting: { type: ProcessEvent["type"]; done: (event: ProcessEvent) => void }[];

function nextEvent(type: ProcessEvent["type"]): Promise<ProcessEvent> {
  return new Promise((done) => waiting.push({ type, done }));
}

async function spec(script: string, more: Partial<ProcessSpec> = {}): Promise<ProcessSpec> {
  const port = await freePort();
  return {
    name: "sample",
    command: process.execPath,
    args: ["-e", script],
    cwd: home,
    env: { PORT: String(port) },
    port,
    deadlineMs: 10_000,
    ...more,
  };
}

beforeEach(async () => {
  home = temporaryFolder();
  events = [];
  waiting = [];
  supervisor = await createSupervisor({
    logs: home,
    pidFile: join(home, "processes.json"),
    url: "http://127.0.0.1:1",
    onEvent: (event) => {
      events.push(event);
      for (const one of waiting.filter(({ type }) => type === event.type)) one.done(event);
      waiting = waiting.filter(({ type }) => type !== event.type);
    },
  });
});

afterEach(() => supervisor.stopAll());

test("a process is ready when its path answers, and the pid file names it", async () => {
  const one = await spec(SERVER, { readyPath: "/" });
  const status = await supervisor.start(one);
  expect(status).toMatchObject({ state: "ready", restarts: 0, port: one.port });
  expect((await fetch(`http://127.0.0.1:${one.port}/`)).status).toBe(200);
  const file = readPidFile(join(home, "processes.json"));
  expect(file?.owner.pid).toBe(process.pid);
  expect(file?.processes.map(({ name, pid }) => ({ name, pid }))).toEqual([{ name: "sample", pid: status.pid }]);
});

test("one that ends before it is ready is an error with its last lines", async () => {
  const broken = await spec("console.error('no such table'); process.exit(3)");
  await expect(supervisor.start(broken)).rejects.toMatchObject({
    code: "process_not_ready",
    message: expect.stringMatching(
      /^sample ended \(exit code 3\) before it was ready\.[\s\S]*no such table[\s\S]*sample\.log$/,
    ),
  });
});

test("one that never listens is an error after its deadline, and is gone", async () => {
  const deaf = await spec("console.log(process.pid); setInterval(() => {}, 1000)", { deadlineMs: 400 });
  await expect(supervisor.start(deaf)).rejects.toMatchObject({
    message: expect.stringContaining("was not ready within 0.4 s (nothing listens on port"),
  });
  const pid = Number(readFileSync(join(home, "sample.log"), "utf8"));
  expect(signalGroup(pid, 0)).toBe(false);
});

test("a program that does not exist is named", async () => {
  await expect(supervisor.start(await spec("", { command: "/nonexistent/program" }))).rejects.toMatchObject({
    message: expect.stringContaining("ENOENT"),
  });
});

test("a crash is told with exit and last lines, the process comes back, and what it held is restored", async () => {
  const restored: string[] = [];
  const one = await spec(`console.log('working'); ${SERVER}`, { restored: async () => void restored.push("yes") });
  const before = await supervisor.start(one);
  const crashed = nextEvent("crashed");
  const restarted = nextEvent("restarted");
  supervisor.kill("sample", "SIGKILL");
  expect(await crashed).toMatchObject({
    name: "sample",
    exit: "signal SIGKILL",
    restartInMs: 0,
    lastLines: ["working"],
  });
  expect(await restarted).toEqual({ type: "restarted", name: "sample", restarts: 1 });
  expect(restored).toEqual(["yes"]);
  const [after] = supervisor.list();
  expect(after).toMatchObject({ state: "ready", restarts: 1 });
  expect(after?.pid).not.toBe(before.pid);
  expect((await fetch(`http://127.0.0.1:${one.port}/`)).status).toBe(200);
});

describe("stopping", () => {
  test("ends the process and all it started, says nothing of a crash, and removes the pid file", async () => {
    const grandchild =
      "const c = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']); console.log(c.pid);";
    const { pid } = await supervisor.start(
      await spec(`${grandchild} ${SERVER}; process.on('SIGTERM', () => process.exit(0))`),
    );
    await supervisor.stopAll();
    const started = Number(readFileSync(join(home, "sample.log"), "utf8"));
    await expect.poll(() => Promise.all([pid ?? 0, started].map(startTimeOf))).toEqual([undefined, undefined]);
    expect(events).toEqual([]);
    expect(existsSync(join(home, "processes.json"))).toBe(false);
  });

  test("while a process starts makes its start fail", async () => {
    const spawning = await spec("setInterval(() => {}, 1000)");
    const starting = supervisor.start(spawning);
    const outcome = expect(starting).rejects.toMatchObject({ code: "stopped" });
    await expect.poll(() => supervisor.list()[0]?.pid).toBeDefined();
    await supervisor.stopAll();
    await outcome;
  });

  test("is final", async () => {
    await supervisor.stopAll();
    await expect(supervisor.start(await spec(SERVER))).rejects.toMatchObject({ code: "stopping" });
  });
});

test("starting under a name that runs replaces it", async () => {
  const first = await supervisor.start(await spec(SERVER));
  const second = await supervisor.start(await spec(SERVER));
  expect(signalGroup(first.pid ?? 0, 0)).toBe(false);
  expect(supervisor.list().map(({ pid }) => pid)).toEqual([second.pid]);
});

test("a process that keeps crashing waits longer each time, up to a cap", () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8].map(restartDelay)).toEqual([0, 500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
});

test("a process is told from another with the same id", async () => {
  const { pid } = await supervisor.start(await spec(SERVER));
  expect(await isRunning({ pid: pid ?? 0, startTime: "another time" })).toBe(false);
});
