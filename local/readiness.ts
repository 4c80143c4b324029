import { connect } from "node:net";
import { HOST } from "./ports.ts";

/** One look at a process: does the path answer 2xx, or, without a path, is a connection accepted? */
export async function isReady(port: number, path: string | undefined, signal: AbortSignal): Promise<boolean> {
  if (path === undefined) return accepts(port);
  try {
    const response = await fetch(`http://${HOST}:${port}${path}`, { signal, redirect: "manual" });
    await response.body?.cancel();
    return response.ok;
  } catch (error) {
    // Refused, reset, or out of time: not ready, which is the answer.
    if (error instanceof Error) return false;
    throw error;
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: HOST, port });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
