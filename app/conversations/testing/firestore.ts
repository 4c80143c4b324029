import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { deleteApp, initializeApp } from "firebase-admin/app";
import { type Firestore, getFirestore } from "firebase-admin/firestore";
import { vi } from "vitest";
import { findEmulators, findJar, findJava } from "../../../local/services/emulator-binaries.ts";

// The emulator shares its machine with every other test: whoever imports this is given time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A Firestore for tests: Google's emulator, one project per caller, so nothing is shared. */
export interface TestFirestore {
  readonly db: Firestore;
  /** `127.0.0.1:port` */
  readonly host: string;
  /** Gives back a client of its own project inside the same emulator: as good as an emptied database, and faster. */
  fresh(): Firestore;
  stop(): Promise<void>;
}

const READY_MS = 30_000;
const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
/** What the SDK's wrapper script starts. */
const MAIN_CLASS = "com.google.cloud.datastore.emulator.firestore.CloudFirestore";

/** Starts an emulator, unless FIRESTORE_EMULATOR_HOST already names one. */
export async function startFirestore(): Promise<TestFirestore> {
  // Google's libraries would otherwise probe the network for a metadata server.
  process.env.METADATA_SERVER_DETECTION = "none";
  const given = process.env.FIRESTORE_EMULATOR_HOST;
  const emulator = given ? undefined : await startEmulator();
  const host = given ?? emulator?.host ?? "";
  process.env.FIRESTORE_EMULATOR_HOST = host;
  const clients = openClients();
  return {
    db: clients.open(),
    host,
    fresh: clients.open,
    stop: async () => {
      await clients.close();
      if (!emulator) return;
      delete process.env.FIRESTORE_EMULATOR_HOST;
      await emulator.stop();
    },
  };
}

function openClients() {
  const apps: ReturnType<typeof initializeApp>[] = [];
  return {
    open: (): Firestore => {
      const projectId = `demo-${randomUUID().slice(0, 8)}`;
      const app = initializeApp({ projectId }, projectId);
      apps.push(app);
      return getFirestore(app);
    },
    close: async () => {
      await Promise.all(apps.map((app) => deleteApp(app)));
    },
  };
}

async function startEmulator(): Promise<{ host: string; stop(): Promise<void> }> {
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
