import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** Raised when the inbox does not build; carries what Vite said. */
export class WebBuildError extends Error {
  readonly code = "web_build_failed";
  constructor(output: string) {
    super(`The inbox did not build. Vite said:\n${output.trim()}`);
    this.name = "WebBuildError";
  }
}

/**
 * Builds the inbox into `dist/web/inbox`. In a process of its own: Vite and its plugins would otherwise stay in the
 * memory of whoever deploys, and a build there would share its event loop.
 */
export async function buildInbox(root: string): Promise<void> {
  const vite = join(root, "node_modules/vite/bin/vite.js");
  // Vite's configuration gives tests another root: a build asked for by a test is still a build.
  const { VITEST: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [vite, "build", "--logLevel", "warn"], {
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
  if (code !== 0) throw new WebBuildError(output);
}
