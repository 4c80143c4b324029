import { homedir } from "node:os";
import { join } from "node:path";

/** Where this machine's user keeps what can be made again: outside the checkout, so that the next clone finds it. */
export function cacheFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const name = "servio-omnichannel";
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, name);
  if (platform === "win32") return join(env.LOCALAPPDATA ?? join(homedir(), "AppData/Local"), name);
  if (platform === "darwin") return join(homedir(), "Library/Caches", name);
  return join(homedir(), ".cache", name);
}
