import { FIRST_EXTRA_OFFSET, HOST, type LocalPorts } from "./ports.ts";

export interface ServiceAddress {
  readonly port: number;
  readonly url: string;
}

/** Gives each Cloud Run service and each function a port that it keeps. */
export interface ServicePorts {
  of(kind: "run" | "function", name: string): ServiceAddress;
}

/** The first service and the first function get the ports that the outputs promise; others follow behind. */
export function createServicePorts(ports: LocalPorts): ServicePorts {
  const given = new Map<string, number>();
  let extra = ports.base + FIRST_EXTRA_OFFSET;
  const promised: Record<"run" | "function", number | undefined> = { run: ports.api, function: ports.webhook };

  return {
    of(kind, name) {
      const key = `${kind} ${name}`;
      let port = given.get(key);
      if (port === undefined) {
        port = promised[kind] ?? extra++;
        promised[kind] = undefined;
        given.set(key, port);
      }
      return { port, url: `http://${HOST}:${port}` };
    },
  };
}
