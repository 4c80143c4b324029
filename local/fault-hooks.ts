import type { Link, LinkFault } from "./services/link.ts";
import { type FaultHook, type FaultInput, SimulatorError } from "./simulators/index.ts";

const DEFAULT_DELAY_MS = 3_000;

/** Lets the simulators' control API break the app's way to an emulator: `POST /control/faults {target: "firestore", …}`. */
export function faultHook(link: Link): FaultHook {
  return {
    begin: (fault) => link.setFault(linkFault(fault)),
    end: () => link.setFault(undefined),
  };
}

/** On the wire there are only bytes: an `error` is a connection that breaks, and calls cannot be counted. */
function linkFault(fault: FaultInput): LinkFault {
  if (fault.count !== undefined) {
    throw new SimulatorError(
      422,
      "count_unsupported",
      `Faults of ${fault.target} last for a time: give forMs, or delete them.`,
    );
  }
  if (fault.mode === "delay") return { mode: "delay", delayMs: fault.delayMs ?? DEFAULT_DELAY_MS };
  return { mode: fault.mode === "hang" ? "hang" : "down" };
}
