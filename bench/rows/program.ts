import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { median } from "../support/open-model.ts";
import { type Effort, milliseconds, type Row } from "../support/row.ts";

const root = join(import.meta.dirname, "../..");
const SCRIPT = `
  const began = performance.now();
  const { runProgram } = await import(${JSON.stringify(join(root, "infra/testing.ts"))});
  await runProgram({});
  process.stdout.write(String(performance.now() - began));
`;

/** The whole program under mocks in a process of its own, imports included. */
export function programRow(effort: Effort): Row {
  const times = Array.from({ length: effort.quick ? 1 : 5 }, () => {
    const run = spawnSync(process.execPath, ["--input-type=module", "-e", SCRIPT], { encoding: "utf8", cwd: root });
    if (run.status !== 0) throw new Error(`The program failed under mocks:\n${run.stderr}`);
    return Number(run.stdout);
  });
  const time = median(times);
  return { what: "program() under mocks", bar: "≤ 3 s", measured: milliseconds(time), holds: time <= 3000 };
}
