import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ArchiveFile, sha256, tarGz, zip } from "./archive.ts";
import { bundle } from "./bundle.ts";
import { requireSize } from "./size.ts";
import { readFiles, sourceFingerprint } from "./sources.ts";
import { buildWebApp, WEB_APPS } from "./web.ts";

/** A built archive, addressed by its content. */
export interface Artifact {
  /** Where it lies on this machine, absolute. */
  readonly path: string;
  /** Lower-case hex. */
  readonly sha256: string;
  /** `api-{first 16 digits of the hash}.tar.gz`: a changed archive gets a new object, and so rolls a revision. */
  readonly fileName: string;
}

/** What the stack deploys. */
export interface Artifacts {
  /** Cloud Run: `index.js`, `package.json` and the inbox and the widget under `public/`. */
  readonly api: Artifact;
  /** Cloud Function: `index.js` and `package.json`. */
  readonly webhook: Artifact;
}

export interface BuildOptions {
  /** The repository's root, absolute. */
  readonly root: string;
  /** Build even when the sources are the ones of the last build. @default false */
  readonly force?: boolean;
  /** Called as each step begins. */
  readonly onStep?: (step: string) => void;
}

interface BuildRecord {
  readonly fingerprint: string;
  readonly artifacts: { readonly [Name in keyof Artifacts]: Omit<Artifact, "path"> };
}

/**
 * Bundles the app, the inbox and the widget into two archives under `dist/`. Unchanged sources are not built again, and two builds
 * of one source are byte-identical.
 * @throws {WebBuildError} with what Vite said, or {@link ArchiveTooLargeError}
 */
export async function buildArtifacts(options: BuildOptions): Promise<Artifacts> {
  const dist = join(options.root, "dist");
  const fingerprint = await sourceFingerprint(options.root);
  const last = await readRecord(dist);
  if (!options.force && last?.fingerprint === fingerprint) return located(last, dist);

  await mkdir(dist, { recursive: true });
  options.onStep?.("inbox, widget, api and webhook");
  const [api, webhook] = await Promise.all([
    bundle(join(options.root, "app/server.ts")),
    bundle(join(options.root, "app/webhook.ts")),
    ...WEB_APPS.map((app) => buildWebApp(options.root, app)),
  ]);
  const publicFiles = (await Promise.all(WEB_APPS.map((app) => readFiles(join(dist, "web", app), "public")))).flat();

  const apiFiles = [...api, packageJson("servio-omni-api"), ...publicFiles];
  const webhookFiles = [...webhook, await functionPackageJson(options.root)];
  const [apiArchive, webhookArchive] = [await tarGz(apiFiles), zip(webhookFiles)];
  requireSize("api", apiArchive, apiFiles);
  requireSize("webhook", webhookArchive, webhookFiles);
  const artifacts = {
    api: await store(dist, "api", "tar.gz", apiArchive),
    webhook: await store(dist, "webhook", "zip", webhookArchive),
  };
  const record: BuildRecord = { fingerprint, artifacts };
  await writeFile(join(dist, "build.json"), `${JSON.stringify(record, null, 2)}\n`);
  return located(record, dist);
}

function located(record: BuildRecord, dist: string): Artifacts {
  const { api, webhook } = record.artifacts;
  return {
    api: { ...api, path: join(dist, api.fileName) },
    webhook: { ...webhook, path: join(dist, webhook.fileName) },
  };
}

async function store(
  dist: string,
  name: string,
  extension: string,
  bytes: Buffer,
): Promise<BuildRecord["artifacts"]["api"]> {
  const hash = sha256(bytes);
  const fileName = `${name}-${hash.slice(0, 16)}.${extension}`;
  const stale = (await readdir(dist)).filter((file) => file.startsWith(`${name}-`) && file.endsWith(`.${extension}`));
  await Promise.all(stale.map((file) => rm(join(dist, file))));
  await writeFile(join(dist, fileName), bytes);
  return { sha256: hash, fileName };
}

async function readRecord(dist: string): Promise<BuildRecord | undefined> {
  try {
    const record = JSON.parse(await readFile(join(dist, "build.json"), "utf8")) as BuildRecord;
    const files = new Set(await readdir(dist));
    const whole = files.has(record.artifacts.api.fileName) && files.has(record.artifacts.webhook.fileName);
    return whole ? record : undefined;
  } catch (error) {
    // No build yet, or one that was cut short: both mean "build".
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function packageJson(name: string, dependencies: Readonly<Record<string, string>> = {}): ArchiveFile {
  const content = { name, private: true, type: "module", main: "index.js", dependencies };
  return { path: "package.json", bytes: Buffer.from(`${JSON.stringify(content, null, 2)}\n`) };
}

/** The functions buildpack installs the framework from package.json; pinned to the one that the tests ran. */
async function functionPackageJson(root: string): Promise<ArchiveFile> {
  const manifest = join(root, "node_modules/@google-cloud/functions-framework/package.json");
  const { version } = JSON.parse(await readFile(manifest, "utf8")) as { version: string };
  return packageJson("servio-omni-webhook", { "@google-cloud/functions-framework": version });
}
