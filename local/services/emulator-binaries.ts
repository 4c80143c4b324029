import { execFile } from "node:child_process";
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { asError, LocalError } from "../errors.ts";

/** Where the emulators are. The programs come from Google, by one of two ways: the gcloud SDK or firebase-tools' cache. */
export interface EmulatorBinaries {
  readonly java: string;
  readonly firestoreJar: string;
  readonly pubsubJar: string;
}

type Emulator = "firestore" | "pubsub";

const run = promisify(execFile);
const DOWNLOAD_TIMEOUT_MS = 300_000;

/**
 * Finds Java and both emulators; what is missing is downloaded through firebase-tools where that works.
 * @throws {LocalError} `java_missing` or `emulator_missing`, with the commands that get them.
 */
export async function findEmulators(root: string, onDownload: (what: string) => void): Promise<EmulatorBinaries> {
  const [java, firestoreJar, pubsubJar] = [
    findJava(),
    await findOrDownload("firestore", root, onDownload),
    await findOrDownload("pubsub", root, onDownload),
  ];
  return { java, firestoreJar, pubsubJar };
}

export function findJava(env: NodeJS.ProcessEnv = process.env): string {
  const fromHome = env.JAVA_HOME ? join(env.JAVA_HOME, "bin", "java") : undefined;
  const found = fromHome && existsSync(fromHome) ? fromHome : onPath("java", env);
  if (found) return found;
  throw new LocalError(
    "java_missing",
    "Java is not installed; the Firestore and Pub/Sub emulators need it (17 or later).",
    "Install one: apt install default-jre-headless, brew install openjdk, or https://adoptium.net",
  );
}

async function findOrDownload(emulator: Emulator, root: string, onDownload: (what: string) => void): Promise<string> {
  const found = findJar(emulator);
  if (found) return found;
  onDownload(`${emulator} emulator`);
  const cli = join(root, "node_modules/firebase-tools/lib/bin/firebase.js");
  const failure = await run(process.execPath, [cli, `setup:emulators:${emulator}`], {
    timeout: DOWNLOAD_TIMEOUT_MS,
  }).then(
    () => undefined,
    (error: unknown) => asError(error).message.split("\n")[0],
  );
  const downloaded = findJar(emulator);
  if (downloaded) return downloaded;
  const component = emulator === "firestore" ? "cloud-firestore-emulator" : "pubsub-emulator";
  throw new LocalError(
    "emulator_missing",
    `The ${emulator} emulator is not on this machine, and firebase-tools could not download it${failure ? ` (${failure})` : ""}.`,
    `Install it with one of: gcloud components install ${component} · apt install google-cloud-cli-${component} · npx firebase setup:emulators:${emulator}`,
  );
}

/** Newest first: the gcloud SDK beside the `gcloud` on PATH, then the cache of firebase-tools. */
export function findJar(emulator: Emulator, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const sdk = gcloudRoot(env);
  const cache = join(env.FIREBASE_EMULATORS_PATH ?? join(homedir(), ".cache/firebase/emulators"));
  if (emulator === "firestore") {
    return (
      newest(sdk && join(sdk, "platform/cloud-firestore-emulator"), /^cloud-firestore-emulator\.jar$/) ??
      newest(cache, /^cloud-firestore-emulator-v[\d.]+\.jar$/)
    );
  }
  const jar = /^cloud-pubsub-emulator-.*-all\.jar$/;
  const unpacked = newest(cache, /^pubsub-emulator-[\d.]+$/);
  return (
    newest(sdk && join(sdk, "platform/pubsub-emulator/lib"), jar) ??
    newest(unpacked && join(unpacked, "pubsub-emulator/lib"), jar)
  );
}

/** `gcloud` is a link into its SDK; following it costs nothing, while `gcloud info` takes a second. */
function gcloudRoot(env: NodeJS.ProcessEnv): string | undefined {
  const gcloud = onPath("gcloud", env);
  return gcloud === undefined ? undefined : dirname(dirname(realpathSync(gcloud)));
}

function onPath(command: string, env: NodeJS.ProcessEnv): string | undefined {
  return (env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => folder.length > 0)
    .map((folder) => join(folder, command))
    .find((path) => existsSync(path));
}

function newest(folder: string | undefined, name: RegExp): string | undefined {
  if (folder === undefined || !existsSync(folder)) return undefined;
  const byVersion = new Intl.Collator("en", { numeric: true });
  const names = readdirSync(folder)
    .filter((entry) => name.test(entry))
    .sort(byVersion.compare);
  const last = names.at(-1);
  return last === undefined ? undefined : join(folder, last);
}
