import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** Raised when a web app does not build; carries what Vite said. */
export class WebBuildError extends Error {
  readonly code = "web_build_failed";
  constructor(app: WebApp, output: string) {
    super(`The ${app} did not build. Vite said:\n${output.trim()}`);
    this.name = "WebBuildError";
  }
}

/** Each with its own Vite configuration, for which see its folder. */
const CONFIGS = { inbox: "vite.config.ts", widget: "web/widget/vite.config.ts" } as const;
export type WebApp = keyof typeof CONFIGS;
/** Their files lie side by side: no name is used by both. */
export const WEB_APPS = Object.keys(CONFIGS) as WebApp[];

/**
 * Builds a web app into `dist/web/{app}`. In a process of its own: Vite and its plugins would otherwise stay in the
 * memory of whoever deploys, and a build there would share its event loop.
 */
export async function buildWebApp(root: string, app: WebApp): Promise<void> {
  const vite = join(root, "node_modules/vite/bin/vite.js");
  // Vite's configuration gives tests another root: a build asked for by a test is still a build.
  const { VITEST: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [vite, "build", "--config", join(root, CONFIGS[app]), "--logLevel", "warn"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...inherited, NODE_ENV: "production" },
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    output += chunk;
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new WebBuildError(app, output);
}
