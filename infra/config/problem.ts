import * as pulumi from "@pulumi/pulumi";
import type { Key } from "./key.ts";

/** One thing that is wrong with the configuration, and how to mend it. */
export interface ConfigProblem {
  readonly key: string;
  /** What was found; of a secret, only its length. */
  readonly seen: string;
  readonly expected: string;
  /** The command that mends it. */
  readonly fix: string;
}

/** Every problem of a stack's configuration at once. Pulumi prints a RunError without a stack trace. */
export class ConfigError extends pulumi.RunError {
  readonly code = "config_invalid";
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
    super(`The configuration of this stack has ${count}:\n${problems.map(describe).join("\n")}`);
    this.name = "ConfigError";
    this.problems = problems;
  }
}

function describe(problem: ConfigProblem): string {
  return [
    `\n  ${problem.key}`,
    `    seen:     ${problem.seen}`,
    `    expected: ${problem.expected}`,
    `    fix:      ${problem.fix}`,
  ].join("\n");
}

/** @param flag `--secret ` before the key of a secret. */
export function problemOf(key: Key<unknown>, seen: string, flag = ""): ConfigProblem {
  // Without a value on the line the command asks for it, which keeps a secret out of the shell's history.
  const fix = `pulumi config set ${flag}${key.key} ${key.example}`.trimEnd();
  return { key: key.key, seen, expected: key.expected, fix };
}
