import { asError, LocalError } from "../errors.ts";
import { readArguments, USAGE } from "./arguments.ts";
import { requireNode } from "./node-version.ts";
import { styleFor } from "./style.ts";

/**
 * `npm start`: the thin end of `startLocalCloud`. Exit codes: 0 as asked, 1 something failed, 2 wrong arguments, 130
 * interrupted while it started.
 */

async function main(): Promise<number> {
  requireNode(process.versions.node);
  const options = readArguments(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  // Only now: the rest of this folder is written for the Node.js that was just asked for.
  const { runCloud } = await import("./run.ts");
  return runCloud(options);
}

/** Errors that tell a person what to mend; of all others the stack is needed. */
function isAdvice(error: Error): boolean {
  return error instanceof LocalError || error.name === "ConfigError" || error.name === "SimulatorError";
}

try {
  process.exitCode = await main();
} catch (thrown) {
  const error = asError(thrown);
  const style = styleFor(process.stderr, process.env);
  process.stderr.write(`\n${style.bad("✗")} ${isAdvice(error) ? error.message : error.stack}\n`);
  process.exitCode = error instanceof LocalError && error.code === "arguments_invalid" ? 2 : 1;
}
// Libraries in this process (the build, Pulumi's runtime) may hold the event loop; everything of ours has ended.
process.exit();
