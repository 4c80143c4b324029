import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { CostError } from "./errors.ts";
import { type CostOptions, runCost } from "./run.ts";

/** `npm run cost`: the monthly estimate of a stack, from the program's own resources. Needs no account and no secret. */

const HELP = `npm run cost -- [options]

  --stack <name>      the stack to estimate, from Pulumi.<name>.yaml (default dev)
  --profile <name>    specification, small or busy (default: the stack's servio-cost:profile, else specification)
  --json, --csv       for machines and spreadsheets; add --silent to npm run
  --diff <file>       what changed since an estimate that was saved with --json
  --actual <file>     Google's billing export beside the estimate (the query is in docs/cost.md)
`;

function options(): CostOptions | undefined {
  const { values } = parseArgs({
    options: {
      stack: { type: "string", default: "dev" },
      profile: { type: "string" },
      json: { type: "boolean", default: false },
      csv: { type: "boolean", default: false },
      diff: { type: "string" },
      actual: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const { stack, profile, json, csv, diff, actual, help } = values;
  if (help) return undefined;
  if (json && csv) throw new CostError("cost_options", "One of --json and --csv, not both.");
  if (csv && (diff ?? actual) !== undefined) throw new CostError("cost_options", "--csv is for the estimate alone.");
  if (diff !== undefined && actual !== undefined) throw new CostError("cost_options", "One of --diff and --actual.");
  return {
    stack,
    format: json ? "json" : csv ? "csv" : "text",
    ...(profile === undefined ? {} : { profile }),
    ...(diff === undefined ? {} : { diff }),
    ...(actual === undefined ? {} : { actual }),
  };
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new CostError("cost_file_unreadable", `${path} cannot be read here: ${String(error)}`);
  }
}

try {
  const asked = options();
  process.stdout.write(`${(asked ? await runCost(asked, read) : HELP).trimEnd()}\n`);
} catch (error) {
  const [code, message] =
    error instanceof CostError
      ? [error.code, error.message]
      : ["cost_failed", error instanceof Error ? error.message : String(error)];
  process.stderr.write(`${code}: ${message}\n`);
  process.exitCode = 1;
}
