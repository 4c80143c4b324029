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
  /** The app's way to Firestore and to Pub/Sub, which drills can break. */
  readonly firestoreLink: number;
  readonly pubsubLink: number;
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
    firestoreLink: base + 7,
    pubsubLink: base + 8,
  };
}

/** @throws {LocalError} `port_taken`, naming every port that something else holds and, where it can be told, what. */
export async function requireFreePorts(ports: LocalPorts): Promise<void> {
  const taken = await takenPorts(ports);
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

/** The parts whose ports something else holds. */
export async function takenPorts({ base: _, ...ports }: LocalPorts): Promise<{ part: string; port: number }[]> {
  const parts = Object.entries(ports).map(([part, port]) => ({ part, port }));
  const free = await Promise.all(parts.map(({ port }) => isFree(port)));
  return parts.filter((_part, index) => !free[index]);
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
