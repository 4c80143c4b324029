import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalError } from "./errors.ts";
import { type PidFile, removePidFile, writePidFile } from "./pid-file.ts";
import { signalGroup, startTimeOf } from "./process-table.ts";
import { type SupervisedProcess, superviseOne } from "./supervised-process.ts";

/** What to run and how to see that it is up. */
export interface ProcessSpec {
  /** Names the log file and is what a person reads: `api`, `firestore`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing of ours is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly port: number;
  /** A path that must answer 2xx; without one, an accepted TCP connection is enough. */
  readonly readyPath?: string;
  /** Milliseconds until it must be ready. */
  readonly deadlineMs: number;
  /** Others need it to end well: it is ended after them. @default false */
  readonly foundation?: boolean;
  /** Runs after a restart, before the process counts as ready again: an emulator gets back what it held. */
  readonly restored?: () => Promise<void>;
}

export type ProcessEvent =
  | {
      readonly type: "crashed";
      readonly name: string;
      readonly exit: string;
      readonly logFile: string;
      readonly lastLines: readonly string[];
      readonly restartInMs: number;
    }
  | { readonly type: "restarted"; readonly name: string; readonly restarts: number }
  | { readonly type: "not-restored"; readonly name: string; readonly message: string };

export interface ProcessStatus {
  readonly name: string;
  readonly state: "starting" | "ready" | "waiting to restart" | "stopping" | "stopped";
  readonly pid: number | undefined;
  readonly port: number;
  readonly restarts: number;
  readonly logFile: string;
}

export interface Supervisor {
  /** Starts (or replaces) the process of this name. Resolves when it is ready. @throws {LocalError} with its last log lines. */
  start(spec: ProcessSpec): Promise<ProcessStatus>;
  stop(name: string): Promise<void>;
  /** Ends everything: SIGTERM, ten seconds of grace, SIGKILL. Safe to call twice. */
  stopAll(): Promise<void>;
  /** For drills and tests: sends a signal to the process and all it started. */
  kill(name: string, signal: NodeJS.Signals): void;
  list(): readonly ProcessStatus[];
}

export interface SupervisorOptions {
  readonly logs: string;
  readonly pidFile: string;
  /** What a second start tells its user. */
  readonly url: string;
  readonly onEvent: (event: ProcessEvent) => void;
}

/** Starts processes in groups of their own, keeps them running as Cloud Run would, and leaves none behind. */
export async function createSupervisor(options: SupervisorOptions): Promise<Supervisor> {
  mkdirSync(options.logs, { recursive: true });
  const owner = { pid: process.pid, startTime: (await startTimeOf(process.pid)) ?? "", url: options.url };
  const processes = new Map<string, SupervisedProcess>();
  let stopping: Promise<void> | undefined;

  function record(): void {
    const running: PidFile["processes"] = [...processes.values()]
      .map((one) => one.identity())
      .filter((identity) => identity !== undefined);
    writePidFile(options.pidFile, { owner, processes: running });
  }

  /** The last resort when this process ends without `stopAll`: nobody else will end the groups. */
  function killGroups(): void {
    for (const one of processes.values()) {
      const identity = one.identity();
      if (identity) signalGroup(identity.pid, "SIGKILL");
    }
  }

  /** First what runs on the emulators: a service that is handling a request can finish it. */
  async function stopInOrder(): Promise<void> {
    const all = [...processes.values()];
    for (const foundation of [false, true]) {
      await Promise.all(all.filter((one) => one.foundation === foundation).map((one) => one.stop()));
    }
    process.removeListener("exit", killGroups);
    removePidFile(options.pidFile);
  }

  function get(name: string): SupervisedProcess {
    const found = processes.get(name);
    if (found) return found;
    throw new LocalError(
      "process_unknown",
      `There is no process "${name}".`,
      `Running: ${[...processes.keys()].join(", ")}.`,
    );
  }

  record();
  process.on("exit", killGroups);
  return {
    async start(spec) {
      await processes.get(spec.name)?.stop();
      // Asked after every wait: nothing may start once the end has begun.
      if (stopping) throw new LocalError("stopping", `${spec.name} was not started.`, "The local cloud is stopping.");
      const logFile = join(options.logs, `${spec.name}.log`);
      writeFileSync(logFile, "");
      const one = superviseOne(spec, logFile, { onChange: record, onEvent: options.onEvent });
      processes.set(spec.name, one);
      await one.start();
      return one.status();
    },
    async stop(name) {
      await get(name).stop();
      processes.delete(name);
      record();
    },
    stopAll() {
      stopping ??= stopInOrder();
      return stopping;
    },
    kill(name, signal) {
      get(name).kill(signal);
    },
    list: () => [...processes.values()].map((one) => one.status()),
  };
}
