import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

/** A process under measurement. Its output goes nowhere: a pipe that nobody empties would stop it. */
export function startNode(args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  const inherited = { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "" };
  return spawn(process.execPath, args, { env: { ...inherited, ...env }, stdio: "ignore" });
}

export async function stopNode(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

/** Asks until it answers 2xx, or at all. @returns milliseconds since the call */
export async function untilAnswers(url: string, any: "2xx" | "anything" = "2xx", timeoutMs = 60_000): Promise<number> {
  const began = performance.now();
  for (;;) {
    const ready = await fetch(url).then(
      async (response) => {
        await response.arrayBuffer();
        return response.ok || any === "anything";
      },
      () => false,
    );
    const elapsed = performance.now() - began;
    if (ready) return elapsed;
    if (elapsed > timeoutMs) throw new Error(`${url} did not answer within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A port that nothing holds right now. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("No port to be had.");
  return address.port;
}
