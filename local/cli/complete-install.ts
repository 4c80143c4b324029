import { spawnSync } from "node:child_process";

/**
 * `postinstall`: npm leaves out, without a word, optional packages that do not fit the Node that runs npm. Some of ours
 * (native builds of build tools) want Node 22 and later; everything here runs on Node 24, which the install has just
 * brought. So, where an older Node ran the install, npm looks once more with the new one.
 */

const OLDEST_FITTING = 22;
const { npm_node_execpath: installer, npm_execpath: npm } = process.env;

if (installer !== undefined && npm !== undefined && majorOf(installer) < OLDEST_FITTING) {
  const args = [npm, "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const run = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (run.status !== 0) {
    console.error("Optional packages are missing. Install with Node 22 or later, or run: npx node@24 $(which npm) ci");
    process.exit(1);
  }
}

function majorOf(node: string): number {
  const version = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout;
  return Number(/^v(\d+)\./.exec(version)?.[1] ?? OLDEST_FITTING);
}
