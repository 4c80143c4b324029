import { createServer, type Server } from "node:http";
import { resolve } from "node:path";
import type { TestProject } from "vitest/node";
import { startLocalCloud } from "../../local/cloud.ts";
import type { LocalOutputs } from "../../local/outputs.ts";
import type { Supervisor } from "../../local/supervisor.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The running stack, as `.local/outputs.json` tells it. */
    outputs: LocalOutputs;
    /** `POST {processesUrl}/{name}/{signal}` sends a signal, `GET {processesUrl}` lists what runs. */
    processesUrl: string;
  }
}

/** Apart from a developer's own `npm start`, which may run at the same time; `SERVIO_TEST_PORT` sets two checkouts apart. */
const TEST_BASE_PORT = Number(process.env.SERVIO_TEST_PORT ?? 4700);

/** Deploys the real program on the local target once, for all tests of the whole. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const root = resolve(import.meta.dirname, "../..");
  const handle = await startLocalCloud({ root, basePort: TEST_BASE_PORT, home: resolve(root, ".local/tests") });
  const processes = await serveProcesses(handle.supervisor);
  project.provide("outputs", handle.outputs);
  project.provide("processesUrl", processes.url);
  return async () => {
    processes.server.close();
    await handle.stop();
  };
}

/** Tests run in processes of their own: this is how they reach the supervisor. */
async function serveProcesses(supervisor: Supervisor): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    const [, name, signal] = (request.url ?? "/").split("/");
    if (request.method === "POST" && name && signal) supervisor.kill(name, signal as NodeJS.Signals);
    response.setHeader("content-type", "application/json").end(JSON.stringify(supervisor.list()));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The test server has no port.");
  return { server, url: `http://127.0.0.1:${address.port}` };
}
