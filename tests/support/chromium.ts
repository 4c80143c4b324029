import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

/** Debian's Chromium as root on a closed network: without these it looks up hosts of its own at every start. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const KNOWN_PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** A headless browser; installs one where there is none. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium() ?? installChromium(), headless: true, args: FLAGS });
}

function findChromium(): string | undefined {
  const candidates = [process.env.CHROMIUM_PATH, ...KNOWN_PATHS, chromium.executablePath()];
  return candidates.find((path) => path !== undefined && path !== "" && existsSync(path));
}

/** Playwright's own download first, then Debian's package. */
function installChromium(): string {
  const cli = join(dirname(createRequire(import.meta.url).resolve("playwright-core/package.json")), "cli.js");
  const attempts = [
    [process.execPath, [cli, "install", "chromium"]],
    ["apt-get", ["update", "-q"]],
    ["apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"]],
  ] as const;
  const said: string[] = [];
  for (const [command, args] of attempts) {
    const result = spawnSync(command, args, { encoding: "utf8", timeout: 300_000 });
    const found = findChromium();
    if (found) return found;
    said.push(`${command} ${args.join(" ")}: ${(result.stderr || result.error?.message || "").trim().slice(-300)}`);
  }
  throw new Error(
    `No Chromium found and none could be installed. Install one and set CHROMIUM_PATH to it.\n${said.join("\n")}`,
  );
}
