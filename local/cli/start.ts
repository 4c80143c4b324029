import { readArguments, USAGE } from "./arguments.ts";
import { endWith } from "./end.ts";
import { requireNode } from "./node-version.ts";

/**
 * `npm start`: the thin end of `startLocalCloud`. Exit codes: 0 as asked, 1 something failed, 2 wrong arguments, 130
 * interrupted while it started.
 */
await endWith(async () => {
  requireNode(process.versions.node);
  const options = readArguments(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  // Only now: the rest of this folder is written for the Node.js that was just asked for.
  const { startFast } = await import("./fast-start.ts");
  await startFast();
  const { runCloud } = await import("./run.ts");
  return runCloud(options);
});
