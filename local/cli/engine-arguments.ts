import { parseArgs } from "node:util";
import { asError, LocalError } from "../errors.ts";
import { readBasePort } from "./arguments.ts";

export const COMMANDS = ["preview", "up", "refresh", "destroy"] as const;
export type EngineCommand = (typeof COMMANDS)[number];

export interface EngineArguments {
  readonly command: EngineCommand;
  readonly stack: string;
  /** Undefined: as before. */
  readonly basePort: number | undefined;
  readonly help: boolean;
}

export const ENGINE_USAGE = `npm run preview|up|refresh|destroy [-- options]

The stack \`local\` with Pulumi's own engine: state, differences, drift and policies, on a local Google Cloud.

  preview   what up would do; starts and changes nothing
  up        makes it so; what it starts goes on running until destroy
  refresh   looks for what was changed behind the stack's back, and remembers it
  destroy   deletes everything, processes and data included

  --stack NAME   local, or another beside it, such as local-two (default local)
  --port N       first port (default: as before, at first 4400)
  --help         this text

With GEMINI_API_KEY in the environment of the first up the real Gemini answers instead of the simulator.`;

/** @throws {LocalError} `arguments_invalid` */
export function readEngineArguments([command = "", ...argv]: readonly string[]): EngineArguments {
  const known = COMMANDS.find((one) => one === command);
  if (!known) throw invalid(`"${command}" is none of ${COMMANDS.join(", ")}.`, "up");
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        stack: { type: "string", short: "s", default: "local" },
        port: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    const { stack, port, help } = values;
    return { command: known, stack, basePort: port === undefined ? undefined : readBasePort(port), help };
  } catch (error) {
    throw invalid(error instanceof LocalError ? error.seen : asError(error).message, known);
  }
}

function invalid(seen: string, command: string): LocalError {
  return new LocalError("arguments_invalid", seen, `See: npm run ${command} -- --help`);
}
