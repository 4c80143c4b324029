import { mkdirSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { LocalPaths } from "../paths.ts";

/**
 * The environment of everything we start: nothing of the user's, so that neither credentials nor settings leak in.
 * HOME is an empty folder of ours, since Google's libraries look for credentials in it.
 */
export function bareEnvironment(paths: LocalPaths): Record<string, string> {
  const home = join(paths.home, "home");
  mkdirSync(home, { recursive: true });
  return {
    PATH: [dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(delimiter),
    HOME: home,
    LANG: "C.UTF-8",
    // As in Cloud Run.
    TZ: "UTC",
  };
}
