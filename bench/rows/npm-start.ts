import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { untilAnswers } from "../support/child.ts";
import type { Row } from "../support/row.ts";

const root = join(import.meta.dirname, "../..");
const BASE_PORT = 4900;

/** From the command to the first page that a person can open; built already, as after any earlier start. */
export async function npmStartRow(): Promise<Row> {
  const began = performance.now();
  const child = spawn("npm", ["start", "--", "--port", String(BASE_PORT)], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
    // A group of its own, so that the interrupt reaches what npm started, as Ctrl-C does.
    detached: true,
  });
  child.stdout.resume();
  const failed = once(child, "exit").then(([code]) => {
    throw new Error(`npm start ended with ${code}; is another one running?`);
  });
  try {
    await Promise.race([untilAnswers(`http://127.0.0.1:${BASE_PORT}/`), failed]);
    const seconds = (performance.now() - began) / 1000;
    return {
      what: "npm start to the first usable URL",
      bar: "≤ 30 s",
      measured: `${seconds.toFixed(1)} s`,
      holds: seconds <= 30,
    };
  } finally {
    failed.catch(() => undefined);
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGINT");
    await Promise.race([once(child, "exit"), new Promise((resolve) => setTimeout(resolve, 15_000).unref())]);
  }
}
