import { readFileSync } from "node:fs";
import { runChecks } from "../../local/checks.ts";
import type { LocalOutputs } from "../../local/outputs.ts";

/** Prints the checks that fail on the stack of an outputs.json. A process of its own holds no connection to what ran before. */
const outputs = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as LocalOutputs;
const results = await runChecks(outputs, new AbortController().signal, () => undefined);
process.stdout.write(JSON.stringify(results.filter(({ ok }) => !ok)));
process.exit(0);
