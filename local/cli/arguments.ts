import { parseArgs } from "node:util";
import { asError, LocalError } from "../errors.ts";
import { DEFAULT_BASE_PORT, FIRST_EXTRA_OFFSET } from "../ports.ts";

export interface StartArguments {
  readonly basePort: number;
  readonly once: boolean;
  readonly help: boolean;
}

export const USAGE = `npm start [-- options]

Starts the whole of Servio.AI Omnichannel on a local Google Cloud: the same Pulumi program as in the cloud, emulators of
Firestore, Pub/Sub and Auth, and simulators of Meta and Gemini. Ctrl-C stops it.

  --port N   first port; ${FIRST_EXTRA_OFFSET} are used from there on (default ${DEFAULT_BASE_PORT})
  --once     deploy, check everything end to end, stop; exit code 0 or 1
  --help     this text

With GEMINI_API_KEY in the environment the real Gemini answers instead of the simulator.`;

/** Below are the system's ports; above, the last one we use would not exist. */
const LOWEST = 1024;
const HIGHEST = 65_535 - FIRST_EXTRA_OFFSET;

/** @throws {LocalError} `arguments_invalid` */
export function readArguments(argv: readonly string[]): StartArguments {
  const { port, once, help } = parse(argv);
  return { basePort: port === undefined ? DEFAULT_BASE_PORT : readBasePort(port), once, help };
}

/** @throws {LocalError} `arguments_invalid` */
export function readBasePort(text: string): number {
  const basePort = Number(text);
  if (Number.isInteger(basePort) && basePort >= LOWEST && basePort <= HIGHEST) return basePort;
  throw invalid(`--port ${text} is not a port from ${LOWEST} to ${HIGHEST}.`);
}

function parse(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        port: { type: "string" },
        once: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    return values;
  } catch (error) {
    throw invalid(asError(error).message);
  }
}

function invalid(seen: string): LocalError {
  return new LocalError("arguments_invalid", seen, "See: npm start -- --help");
}
