import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { asError, LocalError } from "./errors.ts";
import { lastLines } from "./log-tail.ts";
import { type ProcessIdentity, signalGroup, startTimeOf } from "./process-table.ts";
import { isReady } from "./readiness.ts";
import type { ProcessEvent, ProcessSpec, ProcessStatus } from "./supervisor.ts";

/** Cloud Run's own: SIGTERM, ten seconds, SIGKILL (https://cloud.google.com/run/docs/container-contract). */
const GRACE_MS = 10_000;
/** The first restart is immediate; a process that keeps crashing waits 0.5 s, 1 s, 2 s … */
const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 15_000;
/** A process that stayed up this long has recovered: its next crash is a first one again. */
const RECOVERED_AFTER_MS = 30_000;
const POLL_MS = 25;
const SHOWN_LINES = 15;

export interface SupervisedProcess {
  readonly foundation: boolean;
  start(): Promise<void>;
  stop(): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  status(): ProcessStatus;
  identity(): (ProcessIdentity & { readonly name: string }) | undefined;
}

interface Observer {
  readonly onChange: () => void;
  readonly onEvent: (event: ProcessEvent) => void;
}

/** How long to wait before the `crashes`-th restart in a row. Milliseconds. */
export function restartDelay(crashes: number): number {
  return crashes <= 1 ? 0 : Math.min(FIRST_BACKOFF_MS * 2 ** (crashes - 2), MAX_BACKOFF_MS);
}

/** One process: started, watched, restarted when it crashes, and ended with all it started. */
export function superviseOne(spec: ProcessSpec, logFile: string, observer: Observer): SupervisedProcess {
  let state: ProcessStatus["state"] = "stopped";
  let child: ChildProcess | undefined;
  let identity: (ProcessIdentity & { readonly name: string }) | undefined;
  let exited: Promise<string> = Promise.resolve("not started");
  let readySince = 0;
  let crashes = 0;
  let restarts = 0;
  const halt = new AbortController();

  /** @param before runs between "it answers" and "it is ready". */
  async function launch(before?: () => Promise<void>): Promise<void> {
    state = "starting";
    const log = openSync(logFile, "a");
    try {
      // A group of its own, so that ending it ends what it started; files, not pipes, so that it can outlive us unharmed.
      child = spawn(spec.command, [...spec.args], {
        cwd: spec.cwd,
        env: { ...spec.env },
        detached: true,
        stdio: ["ignore", log, log],
      });
    } finally {
      closeSync(log);
    }
    exited = exitOf(child);
    const startTime = child.pid === undefined ? undefined : await startTimeOf(child.pid);
    identity =
      child.pid !== undefined && startTime !== undefined ? { name: spec.name, pid: child.pid, startTime } : undefined;
    observer.onChange();
    try {
      await untilReady();
      await before?.();
    } catch (error) {
      identity = undefined;
      throw error;
    }
    state = "ready";
    readySince = Date.now();
    void watch(exited);
  }

  async function untilReady(): Promise<void> {
    const deadline = AbortSignal.any([AbortSignal.timeout(spec.deadlineMs), halt.signal]);
    const ended = exited.then((exit) => `ended (${exit}) before it was ready`);
    let problem = `was not ready within ${spec.deadlineMs / 1000} s (${readinessOf(spec)})`;
    while (!deadline.aborted) {
      if (await Promise.race([isReady(spec.port, spec.readyPath, deadline), ended.then(() => false)])) return;
      const early = await Promise.race([ended, delay(POLL_MS)]);
      if (early) {
        problem = early;
        break;
      }
    }
    const pid = child?.pid;
    if (pid !== undefined && signalGroup(pid, "SIGKILL")) await exited;
    // Whichever came first, the end or the news of it: it was asked for.
    if (halt.signal.aborted) throw new LocalError("stopped", `${spec.name} was stopped while it started.`, "");
    throw await failure(problem);
  }

  async function failure(what: string): Promise<LocalError> {
    const lines = await lastLines(logFile, SHOWN_LINES);
    const shown =
      lines.length > 0 ? `Its last lines:\n${lines.map((line) => `    ${line}`).join("\n")}` : "It wrote nothing.";
    return new LocalError("process_not_ready", `${spec.name} ${what}.`, `${shown}\nThe whole log: ${logFile}`);
  }

  /** Stands by until the process ends; when nobody asked it to, says so and starts it again. */
  async function watch(ending: Promise<string>): Promise<void> {
    let exit = await ending;
    if (child?.pid !== undefined) signalGroup(child.pid, "SIGKILL");
    identity = undefined;
    while (!halt.signal.aborted) {
      crashes = Date.now() - readySince > RECOVERED_AFTER_MS ? 1 : crashes + 1;
      readySince = Number.POSITIVE_INFINITY;
      const restartInMs = restartDelay(crashes);
      state = "waiting to restart";
      observer.onChange();
      observer.onEvent({
        type: "crashed",
        name: spec.name,
        exit,
        logFile,
        lastLines: await lastLines(logFile, SHOWN_LINES),
        restartInMs,
      });
      await delay(restartInMs, undefined, { signal: halt.signal }).catch(ignoreAbort);
      if (halt.signal.aborted) return;
      try {
        await launch(restore);
        break;
      } catch (error) {
        exit = asError(error).message.split("\n")[0] ?? "";
      }
    }
    if (halt.signal.aborted) return;
    restarts += 1;
    observer.onEvent({ type: "restarted", name: spec.name, restarts });
  }

  async function restore(): Promise<void> {
    try {
      await spec.restored?.();
    } catch (error) {
      observer.onEvent({ type: "not-restored", name: spec.name, message: asError(error).message });
    }
  }

  return {
    foundation: spec.foundation ?? false,
    start: () => launch(),
    async stop() {
      halt.abort();
      const pid = child?.pid;
      if (pid !== undefined && state !== "stopped") {
        state = "stopping";
        signalGroup(pid, "SIGTERM");
        const grace = new AbortController();
        const overdue = delay(GRACE_MS, "overdue", { signal: grace.signal, ref: false }).catch(ignoreAbort);
        await Promise.race([exited, overdue]);
        grace.abort();
        // Also what the process itself left behind.
        signalGroup(pid, "SIGKILL");
        await exited;
      }
      state = "stopped";
      identity = undefined;
      observer.onChange();
    },
    kill(signal) {
      if (identity) signalGroup(identity.pid, signal);
    },
    status: () => ({ name: spec.name, state, pid: identity?.pid, port: spec.port, restarts, logFile }),
    identity: () => identity,
  };
}

function readinessOf(spec: ProcessSpec): string {
  return spec.readyPath === undefined
    ? `nothing listens on port ${spec.port}`
    : `GET ${spec.readyPath} on port ${spec.port}`;
}

/** "exit code 1", "signal SIGKILL", or why it could not be started at all. */
async function exitOf(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = await once(child, "exit");
    return typeof code === "number" ? `exit code ${code}` : `signal ${String(signal)}`;
  } catch (error) {
    return asError(error).message;
  }
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === "AbortError")) throw error;
}
