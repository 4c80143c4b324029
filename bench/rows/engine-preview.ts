import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { engineHome } from "../../local/engine/home.ts";
import { median } from "../support/open-model.ts";
import { type Effort, milliseconds, type Row } from "../support/row.ts";

const root = join(import.meta.dirname, "../..");
const STACK = "local-bench";
const BAR_MS = 10_000;

/** `npm run preview` of a whole new stack, policies on, from the command to its end. */
export function enginePreviewRow(effort: Effort): Row {
  const preview = (): number => {
    const began = performance.now();
    const args = [join(root, "local/cli/engine.ts"), "preview", "--stack", STACK];
    const run = spawnSync(process.execPath, args, { encoding: "utf8", cwd: root });
    if (run.status !== 0) throw new Error(`The preview failed:\n${run.stdout}${run.stderr}`);
    return performance.now() - began;
  };
  // The first may have to get the CLI, and to build what is deployed.
  preview();
  const time = median(Array.from({ length: effort.quick ? 1 : 5 }, preview));
  rmSync(engineHome(root, STACK).home, { recursive: true, force: true });
  return { what: "npm run preview, real engine", bar: "≤ 10 s", measured: milliseconds(time), holds: time <= BAR_MS };
}
