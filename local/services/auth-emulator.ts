import { join } from "node:path";
import type { LocalPaths } from "../paths.ts";
import { HOST } from "../ports.ts";
import type { Supervisor } from "../supervisor.ts";
import { bareEnvironment } from "./environment.ts";

export interface AuthEmulator {
  /** `127.0.0.1:port` */
  readonly host: string;
  ready(): Promise<void>;
}

/** Mostly the import of firebase-tools, while all else starts. Milliseconds. */
const DEADLINE_MS = 60_000;

/** Starts the Auth emulator of firebase-tools in a process of its own: its import alone would block this one for seconds. */
export function startAuth(options: {
  readonly supervisor: Supervisor;
  readonly paths: LocalPaths;
  readonly project: string;
  readonly port: number;
}): AuthEmulator {
  const { supervisor, paths, port, project } = options;
  const started = supervisor
    .start({
      name: "auth",
      foundation: true,
      command: process.execPath,
      args: [join(import.meta.dirname, "auth-emulator-main.ts"), project, HOST, String(port)],
      cwd: paths.home,
      env: bareEnvironment(paths),
      port,
      readyPath: "/",
      deadlineMs: DEADLINE_MS,
    })
    .then(() => undefined);
  started.catch(() => undefined);
  return { host: `${HOST}:${port}`, ready: () => started };
}
