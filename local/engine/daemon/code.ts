import { createHash } from "node:crypto";
import { join } from "node:path";
import { readFiles } from "../../../infra/build/sources.ts";

/** What a local cloud runs by. One that was started with other code cannot know what the program of today needs. */
export async function codeVersion(root: string): Promise<string> {
  const files = await Promise.all(["local", "package-lock.json"].map((path) => readFiles(join(root, path), path)));
  const hash = createHash("sha256");
  for (const { path, bytes } of files.flat()) if (!path.endsWith(".test.ts")) hash.update(`${path}\n`).update(bytes);
  return hash.digest("hex");
}
