import { endWith } from "./end.ts";
import { ENGINE_USAGE, readEngineArguments } from "./engine-arguments.ts";
import { requireNode } from "./node-version.ts";

/** `npm run preview|up|refresh|destroy`. Exit codes: 0 as asked, 1 something failed, 2 wrong arguments, 130 interrupted. */
await endWith(async () => {
  requireNode(process.versions.node);
  const options = readEngineArguments(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(`${ENGINE_USAGE}\n`);
    return 0;
  }
  // Only now: the rest of this folder is written for the Node.js that was just asked for.
  const { startFast } = await import("./fast-start.ts");
  await startFast();
  const { runEngine } = await import("./engine-run.ts");
  return runEngine(options);
});
