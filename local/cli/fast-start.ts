import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { cacheFolder } from "../engine/cli/cache.ts";

/**
 * Keeps what V8 compiled and what was TypeScript, for this process and for the provider and the policies that the engine
 * starts: each reads thousands of files, of which nothing changed since the last run. Kept by content, so that nothing goes
 * stale. Loads what Pulumi's SDK seldom needs when it is needed.
 */
export async function startFast(): Promise<void> {
  const folder = join(cacheFolder(), "node");
  enableCompileCache(folder);
  process.env.NODE_COMPILE_CACHE = folder;
  await import("../engine/lean-pulumi.ts");
}
