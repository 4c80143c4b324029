import { createServer, type RequestListener, type Server } from "node:http";
import type { Log } from "../telemetry/log.ts";

/** Cloud Run kills 10 s after SIGTERM; a second is kept for saying goodbye. */
const DRAIN_MS = 9_000;
/** Longer than Google's front end keeps its own connections to us, so that it never writes into one we are closing. */
const KEEP_ALIVE_MS = 620_000;

/** How often draining looks for connections that have fallen idle. */
const HANG_UP_MS = 50;

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Listens, and resolves once connections are accepted. @throws when the port is taken */
export async function listen(handler: RequestListener, address: Address): Promise<Server> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, handler);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(address.port, address.host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return server;
}

/** The port that a server really has: 0 asks for any. */
export function portOf(server: Server): number | undefined {
  const address = server.address();
  return typeof address === "object" ? address?.port : undefined;
}

/** Takes no more connections, lets what is under way end, and says whether it did in time. */
export async function drain(server: Server, withinMs: number = DRAIN_MS): Promise<boolean> {
  const closed = new Promise<true>((resolve) => server.close(() => resolve(true)));
  // A connection falls idle when its answer is out, and would then be kept open for the next request.
  const hangUp = setInterval(() => server.closeIdleConnections(), HANG_UP_MS);
  let timeout: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timeout = setTimeout(() => resolve(false), withinMs);
  });
  const inTime = await Promise.race([closed, late]);
  clearInterval(hangUp);
  clearTimeout(timeout);
  if (!inTime) server.closeAllConnections();
  return inTime;
}

/**
 * Ends the process in good order on SIGTERM.
 *
 * @param stop ends what would never end by itself @param close after the last request
 */
export function endWell(server: Server, log: Log, stop: () => void, close: () => Promise<unknown>): void {
  let ending = false;
  process.on("SIGTERM", async () => {
    if (ending) return;
    ending = true;
    stop();
    const inTime = await drain(server);
    await close().catch((error: unknown) =>
      log.warn({ err: error, event: "close_failed" }, "A connection did not close"),
    );
    log.info({ event: "stopped", inTime }, inTime ? "Stopped" : "Stopped with requests under way");
    process.exit(0);
  });
}

/** A promise nobody looks after means that the process does not know what it is doing any more. */
export function exitOnUnhandled(log: Log): void {
  const exit = (error: unknown) => {
    log.fatal({ err: error, event: "unhandled" }, "Unhandled failure: the process ends");
    process.exit(1);
  };
  process.on("unhandledRejection", exit);
  process.on("uncaughtException", exit);
}

/**
 * What cannot start says why in one structured line. Left to itself, Node would print the line of the source that threw,
 * which in a bundle is the whole program.
 */
export function orExit<T>(start: () => T): T {
  try {
    return start();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stdout.write(`${JSON.stringify({ severity: "CRITICAL", event: "start_failed", message })}\n`);
    process.exit(1);
  }
}
