import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, linkSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { hasCode } from "../../local/errors.ts";

export const REPOSITORY = resolve(import.meta.dirname, "../..");

/** The repository's sources at another place: what is new is part of them as well, before it is committed. */
export function copySources(to: string): void {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard"];
  const listed = spawnSync("git", args, { cwd: REPOSITORY, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (listed.status !== 0) throw new Error(`git ls-files failed: ${listed.stderr}`);
  const files = listed.stdout.split("\n").filter((file) => file !== "" && existsSync(join(REPOSITORY, file)));
  for (const file of files) cpSync(join(REPOSITORY, file), join(to, file));
}

/** The same tree at another place, its files hard-linked where the file system can: as fast, and as small, as links are. */
export function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkFile(source, target);
  }
}

function linkFile(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch (error) {
    // Another file system, or one without links.
    if (!hasCode(error, "EXDEV") && !hasCode(error, "EPERM")) throw error;
    copyFileSync(source, target);
  }
}
