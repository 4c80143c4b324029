import { randomUUID } from "node:crypto";
import { deleteApp, initializeApp } from "firebase-admin/app";
import { type Firestore, getFirestore } from "firebase-admin/firestore";
import { afterAll, beforeAll, inject, vi } from "vitest";
import { startEmulator } from "./emulator.ts";

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

/** Takes the emulator that the run shares, or the one that FIRESTORE_EMULATOR_HOST names, else starts one. */
export async function startFirestore(): Promise<TestFirestore> {
  // Google's libraries would otherwise probe the network for a metadata server.
  process.env.METADATA_SERVER_DETECTION = "none";
  const given = process.env.FIRESTORE_EMULATOR_HOST ?? (await sharedHost());
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
      await emulator?.stop();
    },
  };
}

/** The same for the tests of a file or a describe: there before them, gone after them. To be called at its top. */
export function firestoreForTests(): Omit<TestFirestore, "stop"> {
  let started: TestFirestore | undefined;
  beforeAll(async () => {
    started = await startFirestore();
  });
  afterAll(async () => {
    await started?.stop();
  });
  const there = (): TestFirestore => {
    if (!started) throw new Error("The emulator is there in hooks and tests, not while the file is read.");
    return started;
  };
  return {
    get db() {
      return there().db;
    },
    get host() {
      return there().host;
    },
    fresh: () => there().fresh(),
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

/** @returns undefined where no emulator is shared */
async function sharedHost(): Promise<string | undefined> {
  const url = inject("sharedFirestore");
  if (url === undefined) return undefined;
  const response = await fetch(url);
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  return answer;
}
