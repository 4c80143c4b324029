import { createServer } from "node:net";
import { hasCode, LocalError } from "./errors.ts";
import { holderOfPort } from "./process-table.ts";

/** Everything local listens here and nowhere else. */
export const HOST = "127.0.0.1";
export const DEFAULT_BASE_PORT = 4400;

/** One port for each part, next to each other, so that `--port` moves them together. */
export interface LocalPorts {
  readonly base: number;
  readonly api: number;
  readonly webhook: number;
  readonly simulators: number;
  readonly firestore: number;
  readonly pubsub: number;
  readonly auth: number;
  readonly platform: number;
}

/** Services beyond the first Cloud Run service and the first function get ports from here on. */
export const FIRST_EXTRA_OFFSET = 10;

export function localPorts(base: number): LocalPorts {
  return {
    base,
    api: base,
    webhook: base + 1,
    simulators: base + 2,
    firestore: base + 3,
    pubsub: base + 4,
    auth: base + 5,
    platform: base + 6,
  };
}

/** @throws {LocalError} `port_taken`, naming every port that something else holds and, where it can be told, what. */
export async function requireFreePorts(ports: LocalPorts): Promise<void> {
  const { base: _, ...named } = ports;
  const taken = (
    await Promise.all(
      Object.entries(named).map(async ([part, port]) => ((await isFree(port)) ? undefined : { part, port })),
    )
  ).filter((entry) => entry !== undefined);
  if (taken.length === 0) return;
  const lines = await Promise.all(
    taken.map(async ({ part, port }) => {
      const holder = await holderOfPort(port);
      return `  ${HOST}:${port} (${part}) is held by ${holder ? `process ${holder.pid}: ${holder.command}` : "another process"}`;
    }),
  );
  throw new LocalError(
    "port_taken",
    `Ports are taken:\n${lines.join("\n")}`,
    `Stop what holds them, or move everything with --port, for example: npm start -- --port ${ports.base + 100}`,
  );
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => {
      if (hasCode(error, "EADDRINUSE")) resolve(false);
      else reject(error);
    });
    probe.listen({ host: HOST, port }, () => probe.close(() => resolve(true)));
  });
}
