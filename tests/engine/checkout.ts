import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copySources, REPOSITORY } from "../support/working-tree.ts";
import { beginCommand, environment, type RunningCommand } from "./running-command.ts";

/** A checkout of its own, so that a test can change sources and settings as a person would. */
export interface Checkout {
  readonly root: string;
  /** Replaces text in a file, which must be there. */
  change(file: string, from: string, to: string): void;
  /** Puts back what was changed. */
  restore(): void;
  /** Runs a command of package.json's. */
  run(command: string, ...options: string[]): Run;
  /** Begins one, in a process group of its own: what a terminal sends its signals to. `start` is `npm start`. */
  begin(command: string, ...options: string[]): RunningCommand;
  remove(): void;
}

export interface Run {
  readonly code: number | null;
  /** Both streams, as a person sees them. */
  readonly text: string;
  readonly elapsedMs: number;
}

/** Longest of all: the CLI has to be compiled first. */
const TIMEOUT_MS = 45 * 60_000;

export function copyCheckout(): Checkout {
  const root = mkdtempSync(join(tmpdir(), "servio-checkout-"));
  copySources(root);
  symlinkSync(join(REPOSITORY, "node_modules"), join(root, "node_modules"));
  if (existsSync(join(REPOSITORY, "dist/build.json")))
    cpSync(join(REPOSITORY, "dist"), join(root, "dist"), { recursive: true });
  const originals = new Map<string, string>();
  return {
    root,
    change(file, from, to) {
      const path = join(root, file);
      const text = readFileSync(path, "utf8");
      if (!text.includes(from)) throw new Error(`${file} does not hold "${from}".`);
      originals.set(path, originals.get(path) ?? text);
      writeFileSync(path, text.replace(from, to));
    },
    restore() {
      for (const [path, text] of originals) writeFileSync(path, text);
      originals.clear();
    },
    run(command, ...options) {
      const began = performance.now();
      const done = spawnSync(process.execPath, [join(root, "local/cli/engine.ts"), command, ...options], {
        cwd: root,
        encoding: "utf8",
        timeout: TIMEOUT_MS,
        env: environment(),
        maxBuffer: 64 * 1024 * 1024,
      });
      const run = { code: done.status, text: done.stdout + done.stderr, elapsedMs: performance.now() - began };
      console.log(`$ npm run ${[command, ...options].join(" ")}\n${run.text}`);
      return run;
    },
    begin(command, ...options) {
      const script = command === "start" ? "local/cli/start.ts" : "local/cli/engine.ts";
      const args = command === "start" ? options : [command, ...options];
      return beginCommand(root, [join(root, script), ...args]);
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
