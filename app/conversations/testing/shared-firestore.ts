import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestProject } from "vitest/node";
import { type Emulator, startEmulator } from "./emulator.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Answers with the host of the one emulator of this run; started for the first who asks. */
    sharedFirestore: string | undefined;
  }
}

/**
 * One Firestore emulator for a whole run: it is a Java program that takes seconds to start and a minute to be warm, and
 * every test has a project of its own in it. Runs that ask for none start none.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let started: Promise<Emulator> | undefined;
  const server = createServer((_request, response) => {
    started ??= startEmulator();
    started.then(
      ({ host }) => response.end(host),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  project.provide("sharedFirestore", `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return async () => {
    server.close();
    const [emulator] = await Promise.allSettled([started]);
    if (emulator?.status === "fulfilled") await emulator.value?.stop();
  };
}
