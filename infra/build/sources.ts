import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ArchiveFile } from "./archive.ts";

/** Everything that a build reads: a change in any of these, and only these, makes a new one. */
const SOURCES = ["app", "web", "infra/build", "vite.config.ts", "package-lock.json", "tsconfig.json"] as const;

/** Tests beside the code do not end up in an archive. */
const IGNORED = /(\.test\.tsx?|\.md)$/;

/** Lower-case hex SHA-256 over the names and bytes of all sources. */
export async function sourceFingerprint(root: string): Promise<string> {
  const hash = createHash("sha256");
  for (const source of SOURCES) {
    for (const file of await readFiles(join(root, source), source)) {
      if (IGNORED.test(file.path)) continue;
      hash.update(`${file.path}\n${file.bytes.length}\n`).update(file.bytes);
    }
  }
  return hash.digest("hex");
}

/** The files below a folder (or the file itself), by path, each named `{prefix}/{path inside}`. */
export async function readFiles(path: string, prefix: string): Promise<ArchiveFile[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOTDIR") return undefined;
      throw error;
    },
  );
  if (!entries) return [{ path: prefix, bytes: await readFile(path) }];
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Promise.all(
    files.map(async (file) => ({
      path: `${prefix}/${file.slice(path.length + 1).replaceAll("\\", "/")}`,
      bytes: await readFile(file),
    })),
  );
}
