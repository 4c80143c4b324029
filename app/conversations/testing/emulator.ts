import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { findEmulators, findJar, findJava } from "../../../local/services/emulator-binaries.ts";

/** A Firestore emulator of one's own. */
export interface Emulator {
  /** `127.0.0.1:port` */
  readonly host: string;
  stop(): Promise<void>;
}

const READY_MS = 30_000;
const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
/** What the SDK's wrapper script starts. */
const MAIN_CLASS = "com.google.cloud.datastore.emulator.firestore.CloudFirestore";

export async function startEmulator(): Promise<Emulator> {
  const host = `127.0.0.1:${await freePort()}`;
  const port = host.split(":")[1] ?? "";
  const program = ["-Duser.language=en", "-cp", await firestoreJar(), MAIN_CLASS];
  const child = spawn(findJava(), [...program, "start", "--host=127.0.0.1", `--port=${port}`], { stdio: "ignore" });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await ready(host, child);
  return {
    host,
    stop: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** The one on this machine, else downloaded as `npm start` would. */
async function firestoreJar(): Promise<string> {
  return findJar("firestore") ?? (await findEmulators(ROOT, () => undefined)).firestoreJar;
}

async function ready(host: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The Firestore emulator ended with code ${child.exitCode}.`);
    const answered = await fetch(`http://${host}/`).then(
      (response) => response.ok,
      () => false, // not listening yet
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The Firestore emulator did not answer on ${host} within ${READY_MS} ms.`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("No free port was given.");
  return address.port;
}
