import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { LocalCloud } from "./context.ts";
import { asError, LocalError } from "./errors.ts";
import { createGoogleIdentity } from "./google-identity.ts";
import { createInventory } from "./inventory.ts";
import { createNotes } from "./notes.ts";
import { type LocalPaths, localPaths } from "./paths.ts";
import { endLeftOvers, readPidFile } from "./pid-file.ts";
import { startPlatform } from "./platform.ts";
import { DEFAULT_BASE_PORT, HOST, localPorts, requireFreePorts } from "./ports.ts";
import { isRunning } from "./process-table.ts";
import { PROJECT, PROJECT_NUMBER, REGION } from "./project.ts";
import { createProvider, type LocalProvider } from "./provider.ts";
import { createServicePorts } from "./service-ports.ts";
import { type AuthEmulator, startAuth } from "./services/auth-emulator.ts";
import { findEmulators } from "./services/emulator-binaries.ts";
import { startFirestore } from "./services/firestore-emulator.ts";
import { createGeminiRelay } from "./services/gemini-relay.ts";
import { openLink } from "./services/link.ts";
import { createWatcher } from "./services/monitoring/index.ts";
import { createObjectStore } from "./services/object-store.ts";
import { startPubSub } from "./services/pubsub-emulator.ts";
import { createPushRoutes } from "./services/push-relay.ts";
import { createJobRunner } from "./services/scheduler-runner.ts";
import { createSecretStore } from "./services/secret-store.ts";
import { createSupervisor, type ProcessEvent } from "./supervisor.ts";

export interface EmptyCloudOptions {
  /** The repository's root, absolute. */
  readonly root: string;
  /** @default 4400 */
  readonly basePort?: number;
  /** Where logs, archives and the pid file go. @default `.local` under the root */
  readonly home?: string;
  /** Opens `/gemini` on the platform's port as a way to the real Gemini. @default closed */
  readonly geminiApiKey?: string;
  /** Crashes and restarts, as they happen. @default ignored */
  readonly onProcess?: (event: ProcessEvent) => void;
  /** Called before something is downloaded, which may take minutes. @default ignored */
  readonly onDownload?: (what: string) => void;
  /** Called with the names of processes that a killed run left behind and that were ended. @default ignored */
  readonly onLeftOvers?: (names: readonly string[]) => void;
  /** @default the system's */
  readonly now?: () => Date;
  /** How fast monitoring's time passes, so that half an hour need not be waited for. @default 1 */
  readonly monitoringSpeed?: number;
}

/** A local Google Cloud without anything deployed yet; its emulators may still be starting. */
export interface EmptyCloud {
  readonly cloud: LocalCloud;
  readonly provider: LocalProvider;
  readonly auth: AuthEmulator;
  /** Ends all processes. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts emulators and platform. Returns at once: each part tells by its own `ready()` when it is up.
 * @throws {LocalError} `already_running`, `port_taken`
 */
export async function startEmptyCloud(options: EmptyCloudOptions): Promise<EmptyCloud> {
  const paths = localPaths(options.root, options.home);
  const ports = localPorts(options.basePort ?? DEFAULT_BASE_PORT);
  const now = options.now ?? (() => new Date());
  makeFolders(paths);
  await takeOver(paths, options.onLeftOvers);
  emptyFolders(paths);
  const [identity] = await Promise.all([createGoogleIdentity(now), requireFreePorts(ports)]);

  // What listens in this process first: it either works at once or not at all, and nothing is running yet.
  const supervisor = await createSupervisor({
    logs: paths.logs,
    pidFile: paths.pidFile,
    url: `http://${HOST}:${ports.api}`,
    onEvent: options.onProcess ?? (() => undefined),
  });
  const jobs = createJobRunner({ identity, logFile: join(paths.logs, "scheduler.log"), now });
  const push = createPushRoutes();
  const objects = createObjectStore(paths.storage);
  const watcher = createWatcher({
    project: PROJECT,
    region: REGION,
    logs: paths.logs,
    simulatorUrl: `http://${HOST}:${ports.simulators}`,
    pubsubHost: `${HOST}:${ports.pubsub}`,
    ...(options.monitoringSpeed !== undefined && { speed: options.monitoringSpeed }),
  });
  const platform = await startPlatform({
    port: ports.platform,
    identity,
    push,
    objects,
    jobs,
    supervisor,
    publish: (topic, message) => pubsub.publish(topic, message),
    onPush: watcher.queues.saw,
    logFile: join(paths.logs, "push.log"),
    ...(options.geminiApiKey !== undefined && { gemini: createGeminiRelay(options.geminiApiKey) }),
  });
  const links = {
    firestore: await openLink(ports.firestoreLink, ports.firestore),
    pubsub: await openLink(ports.pubsubLink, ports.pubsub),
  };

  const binaries = findEmulators(options.root, options.onDownload ?? (() => undefined));
  binaries.catch(() => undefined);
  const shared = { supervisor, binaries, paths, project: PROJECT };
  const firestore = startFirestore({ ...shared, port: ports.firestore });
  const pubsub = startPubSub({ ...shared, port: ports.pubsub });
  const auth = startAuth({ ...shared, port: ports.auth });

  const cloud: LocalCloud = {
    project: PROJECT,
    projectNumber: PROJECT_NUMBER,
    region: REGION,
    ports,
    paths,
    supervisor,
    services: createServicePorts(ports),
    firestore,
    pubsub,
    links,
    authHost: auth.host,
    identity,
    push,
    jobs,
    secrets: createSecretStore(),
    objects,
    rulesets: new Map(),
    inventory: createInventory(),
    watcher,
    notes: createNotes(),
    now,
  };
  let stopped: Promise<void> | undefined;

  /** First who calls, then who answers: what is under way can end. */
  async function end(): Promise<void> {
    jobs.stop();
    await watcher.stop();
    await supervisor.stopAll();
    rmSync(paths.outputs, { force: true });
    await Promise.all([platform.close(), links.firestore.close(), links.pubsub.close()]);
  }

  return {
    cloud,
    provider: createProvider(cloud),
    auth,
    stop() {
      stopped ??= end();
      return stopped;
    },
  };
}

function makeFolders(paths: LocalPaths): void {
  try {
    for (const folder of [paths.home, paths.logs]) mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new LocalError(
      "folder_unwritable",
      `${paths.home} cannot be written: ${asError(error).message}`,
      "Give your user the right to write there, or delete the folder if another user made it.",
    );
  }
}

/** Nothing of the last run is of use to this one, and its addresses would mislead. */
function emptyFolders(paths: LocalPaths): void {
  for (const path of [paths.run, paths.storage, paths.outputs, paths.logs])
    rmSync(path, { recursive: true, force: true });
  mkdirSync(paths.logs);
}

/** One local cloud per folder: a live owner is left alone, a dead one's processes are ended. */
async function takeOver(paths: LocalPaths, onLeftOvers: EmptyCloudOptions["onLeftOvers"]): Promise<void> {
  const file = readPidFile(paths.pidFile);
  if (!file) return;
  if (await isRunning(file.owner)) {
    throw new LocalError(
      "already_running",
      `The local cloud of this folder already runs (process ${file.owner.pid}): ${file.owner.url}`,
      `All its addresses: ${paths.outputs}. To stop it: press Ctrl-C where it runs, or kill ${file.owner.pid}`,
    );
  }
  const ended = await endLeftOvers(file);
  if (ended.length > 0) onLeftOvers?.(ended);
}
