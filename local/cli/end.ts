import { asError, LocalError } from "../errors.ts";
import { styleFor } from "./style.ts";

/** Errors that tell a person what to mend; of all others the stack is needed. */
function isAdvice(error: Error): boolean {
  return error instanceof LocalError || error.name === "ConfigError" || error.name === "SimulatorError";
}

/** Runs a command to its end and leaves with its exit code; what it throws is told. */
export async function endWith(command: () => Promise<number>): Promise<never> {
  let exitCode: number;
  try {
    exitCode = await command();
  } catch (thrown) {
    const error = asError(thrown);
    const style = styleFor(process.stderr, process.env);
    process.stderr.write(`\n${style.bad("✗")} ${isAdvice(error) ? error.message : error.stack}\n`);
    exitCode = error instanceof LocalError && error.code === "arguments_invalid" ? 2 : 1;
  }
  // Libraries in this process (the build, Pulumi's runtime) may hold the event loop; everything of ours has ended.
  process.exit(exitCode);
}
