import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { strToU8, zipSync } from "fflate";
import { pack } from "tar-stream";
import type { LocalCloud } from "./context.ts";
import { createGoogleIdentity } from "./google-identity.ts";
import { createInventory } from "./inventory.ts";
import { createNotes } from "./notes.ts";
import { localPaths } from "./paths.ts";
import { type LocalPorts, localPorts, takenPorts } from "./ports.ts";
import { createServicePorts } from "./service-ports.ts";
import { createWatcher } from "./services/monitoring/index.ts";
import { createObjectStore } from "./services/object-store.ts";
import { createPushRoutes } from "./services/push-relay.ts";
import { createJobRunner, type JobRunner } from "./services/scheduler-runner.ts";
import { createSecretStore } from "./services/secret-store.ts";
import type { ProcessSpec } from "./supervisor.ts";

/** For tests only: a cloud whose emulators and processes are recorded instead of run. */
export interface FakeCloud extends LocalCloud {
  readonly started: ProcessSpec[];
  readonly pubsubCalls: { readonly key: string; readonly body: Readonly<Record<string, unknown>> }[];
  readonly releasedRules: string[];
}

export const FAKE_NOW = new Date("2026-11-23T12:00:00.000Z");

/** The first of a row of ports that are free: a random place below those that the system gives to clients. */
export async function freePorts(): Promise<LocalPorts> {
  for (;;) {
    const ports = localPorts(20_000 + 10 * Math.floor(Math.random() * 1_200));
    if ((await takenPorts(ports)).length === 0) return ports;
  }
}

/** One free port. */
export async function freePort(): Promise<number> {
  return (await freePorts()).base;
}

const folders: string[] = [];
process.once("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that goes when the tests' process ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "servio-local-"));
  folders.push(folder);
  return folder;
}

/** A tar.gz on disk, as `infra/build` makes it for Cloud Run. Returns its path. */
export async function tarGz(files: Readonly<Record<string, string>>): Promise<string> {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) archive.entry({ name }, content);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  const path = join(temporaryFolder(), "archive.tar.gz");
  writeFileSync(path, gzipSync(Buffer.concat(chunks)));
  return path;
}

/** A zip on disk, as `infra/build` makes it for Cloud Functions. Returns its path. */
export function zip(files: Readonly<Record<string, string>>): string {
  const path = join(temporaryFolder(), "archive.zip");
  writeFileSync(path, zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))));
  return path;
}

export async function fakeCloud(): Promise<FakeCloud> {
  const home = temporaryFolder();
  const ports = await freePorts();
  const identity = await createGoogleIdentity(() => FAKE_NOW);
  const started: ProcessSpec[] = [];
  const pubsubCalls: FakeCloud["pubsubCalls"] = [];
  const releasedRules: string[] = [];
  const link = (port: number) => ({
    host: `127.0.0.1:${port}`,
    setFault: () => undefined,
    close: async () => undefined,
  });
  return {
    started,
    pubsubCalls,
    releasedRules,
    project: "demo-servio",
    projectNumber: "100000000000",
    region: "us-west1",
    ports,
    paths: localPaths(join(import.meta.dirname, ".."), home),
    supervisor: {
      start: async (spec) => {
        started.push(spec);
        return { name: spec.name, state: "ready", pid: 1, port: spec.port, restarts: 0, logFile: "" };
      },
      stop: async () => undefined,
      stopAll: async () => undefined,
      kill: () => undefined,
      list: () => [],
    },
    services: createServicePorts(ports),
    firestore: {
      host: `127.0.0.1:${ports.firestore}`,
      ready: async () => undefined,
      putRules: async (source) => {
        releasedRules.push(source);
        return [];
      },
      rules: async () => releasedRules.at(-1) ?? "",
      clear: async () => undefined,
    },
    pubsub: {
      host: `127.0.0.1:${ports.pubsub}`,
      ready: async () => undefined,
      put: async (kind, name, body) => void pubsubCalls.push({ key: `${kind}/${name}`, body }),
      find: async () => undefined,
      delete: async () => undefined,
      publish: async () => undefined,
    },
    links: { firestore: link(ports.firestoreLink), pubsub: link(ports.pubsubLink) },
    authHost: `127.0.0.1:${ports.auth}`,
    identity,
    push: createPushRoutes(),
    jobs: pausedJobs(createJobRunner({ identity, logFile: join(home, "scheduler.log"), now: () => FAKE_NOW })),
    secrets: createSecretStore(),
    objects: createObjectStore(join(home, "storage")),
    rulesets: new Map(),
    inventory: createInventory(),
    watcher: createWatcher({
      project: "demo-servio",
      region: "us-west1",
      logs: home,
      simulatorUrl: `http://127.0.0.1:${ports.simulators}`,
      pubsubHost: `127.0.0.1:${ports.pubsub}`,
    }),
    notes: createNotes(),
    now: () => FAKE_NOW,
  };
}

/** No job of a fake cloud runs by itself: it would outlive its test, and call whoever has the port by then. */
function pausedJobs(runner: JobRunner): JobRunner {
  return { ...runner, put: (job) => runner.put({ ...job, paused: true }) };
}
