import { execFile } from "node:child_process";
import { readdir, readFile, readlink } from "node:fs/promises";
import { promisify } from "node:util";
import { hasCode } from "./errors.ts";

/**
 * What the operating system knows about processes. A process id alone proves nothing, since ids are used again; the
 * pair of id and start time names one process for good.
 */

export interface ProcessIdentity {
  readonly pid: number;
  /** As the system tells it; only equality means anything. */
  readonly startTime: string;
}

const run = promisify(execFile);

/** When the process started, or undefined when there is no such process. */
export async function startTimeOf(pid: number): Promise<string | undefined> {
  if (process.platform !== "linux") return startTimeByPs(pid);
  const stat = await readIfThere(`/proc/${pid}/stat`);
  // The command, in parentheses, may hold spaces; `starttime` is field 22, the 20th behind it (proc(5)).
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  // A zombie has ended; only its parent has not asked yet.
  return fields === undefined || fields[0] === "Z" ? undefined : fields[19];
}

async function startTimeByPs(pid: number): Promise<string | undefined> {
  try {
    const { stdout } = await run("ps", ["-o", "lstart=", "-p", String(pid)]);
    return stdout.trim() || undefined;
  } catch (error) {
    // ps answers 1 when it knows no such process.
    if (hasExitCode(error, 1)) return undefined;
    throw error;
  }
}

/** True when exactly this process still runs. */
export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  return (await startTimeOf(identity.pid)) === identity.startTime;
}

/** Sends a signal to a process group. Returns false when there is none any more. */
export function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-leader, signal);
    return true;
  } catch (error) {
    if (hasCode(error, "ESRCH")) return false;
    throw error;
  }
}

/** Who listens on a TCP port of this machine; undefined where that cannot be told (not Linux, or another user's). */
export async function holderOfPort(port: number): Promise<{ pid: number; command: string } | undefined> {
  if (process.platform !== "linux") return undefined;
  const inodes = await listeningInodes(port);
  if (inodes.size === 0) return undefined;
  for (const entry of await readdir("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    if (await holdsSocket(entry, inodes)) {
      const command = (await readIfThere(`/proc/${entry}/cmdline`)) ?? "";
      return { pid: Number(entry), command: command.replaceAll("\0", " ").trim().slice(0, 120) };
    }
  }
  return undefined;
}

async function listeningInodes(port: number): Promise<Set<string>> {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  const tables = await Promise.all(["/proc/net/tcp", "/proc/net/tcp6"].map(readIfThere));
  const rows = tables.flatMap((table) => (table ?? "").split("\n").slice(1)).map((row) => row.trim().split(/\s+/));
  // local address, remote address, state (0A is LISTEN) … inode
  return new Set(rows.filter((row) => row[1]?.endsWith(`:${hex}`) && row[3] === "0A").map((row) => row[9] ?? ""));
}

async function holdsSocket(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  for (const descriptor of await orWhenGone(readdir(folder), [])) {
    const target = await orWhenGone(readlink(`${folder}/${descriptor}`), "");
    const inode = target.match(/^socket:\[(\d+)\]$/)?.[1];
    if (inode !== undefined && inodes.has(inode)) return true;
  }
  return false;
}

function readIfThere(path: string): Promise<string | undefined> {
  return orWhenGone<string | undefined>(readFile(path, "utf8"), undefined);
}

/** Processes end, and others' are closed to us, while we look. */
async function orWhenGone<T>(work: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (["ENOENT", "ESRCH", "EACCES", "EPERM"].some((code) => hasCode(error, code))) return otherwise;
    throw error;
  }
}

function hasExitCode(error: unknown, exitCode: number): boolean {
  return error instanceof Error && "code" in error && error.code === exitCode;
}
