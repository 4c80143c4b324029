import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LocalCloudHandle } from "../../local/cloud.ts";

/** What the kernel knows of a running process of the local cloud. */
export interface Running {
  readonly pid: number;
  readonly port: number;
  /** The words of its command line, the program first. */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** @throws when no process of this name runs */
export function runningProcess(handle: LocalCloudHandle, name: string): Running {
  const { pid, port } = handle.supervisor.list().find((process) => process.name === name) ?? {};
  if (pid === undefined || port === undefined) throw new Error(`${name} does not run.`);
  const parts = (file: string): string[] =>
    readFileSync(join("/proc", String(pid), file), "utf8")
      .split("\0")
      .filter((part) => part !== "");
  const environment = Object.fromEntries(
    parts("environ").map((each) => [each.slice(0, each.indexOf("=")), each.slice(each.indexOf("=") + 1)]),
  );
  return { pid, port, command: parts("cmdline"), environment };
}
