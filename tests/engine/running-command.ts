import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname } from "node:path";

/** A command that is under way. */
export interface RunningCommand {
  /** What it has said so far, both streams. */
  text(): string;
  /** Waits until it has said this. Throws when it ended without. */
  says(pattern: RegExp): Promise<void>;
  /** Sends a signal to it and to all that it started in the foreground, as a terminal does. */
  signal(name: NodeJS.Signals): void;
  /** Its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** What a shell has, and nothing of the test runner's. */
export function environment(): NodeJS.ProcessEnv {
  return { PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ""}`, HOME: process.env.HOME ?? "" };
}

export function beginCommand(cwd: string, args: readonly string[]): RunningCommand {
  const child = spawn(process.execPath, args, {
    cwd,
    env: environment(),
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      text += chunk;
      child.emit("said");
    });
  const ended = once(child, "exit").then(([code]) => code as number | null);
  return {
    text: () => text,
    async says(pattern) {
      const gone = ended.then(() => true);
      while (!pattern.test(text)) {
        const isGone = await Promise.race([once(child, "said").then(() => false), gone]);
        if (isGone && !pattern.test(text)) throw new Error(`It ended without saying ${pattern}:\n${text}`);
      }
    },
    signal: (name) => void process.kill(-(child.pid ?? 0), name),
    ended,
  };
}
