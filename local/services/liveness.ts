import { setTimeout as delay } from "node:timers/promises";
import type { Supervisor } from "../supervisor.ts";

/** A crash is mended within this time, or it is one that repeats itself. Milliseconds. */
const SETTLED_AFTER_MS = 8_000;
const POLL_MS = 50;

/** Whether a deployed service runs. One that is just being started again gets the time to do so. */
export async function runs(supervisor: Supervisor, name: string): Promise<boolean> {
  const deadline = Date.now() + SETTLED_AFTER_MS;
  for (;;) {
    const state = supervisor.list().find((one) => one.name === name)?.state;
    if (state === "ready") return true;
    const onTheWay = state === "starting" || state === "waiting to restart";
    if (!onTheWay || Date.now() > deadline) return false;
    await delay(POLL_MS);
  }
}
