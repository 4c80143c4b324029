import { once } from "node:events";
import type { Simulation } from "../simulation.ts";
import type { AnySent } from "../world.ts";
import type { SentQuery } from "./inputs.ts";

/** What the app sent, oldest first; with `atLeast` it waits for that many, and answers what there is when time is up. */
export async function findSent(simulation: Simulation, query: SentQuery): Promise<readonly AnySent[]> {
  const deadline = AbortSignal.any([simulation.closing, AbortSignal.timeout(query.timeoutMs)]);
  let found = matching(simulation.world.sent, query);
  while (found.length < (query.atLeast ?? 0) && !deadline.aborted) {
    await nextSent(simulation, deadline);
    found = matching(simulation.world.sent, query);
  }
  return found;
}

async function nextSent(simulation: Simulation, signal: AbortSignal): Promise<void> {
  try {
    await once(simulation.world.events, "sent", { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function matching(sent: readonly AnySent[], query: SentQuery): readonly AnySent[] {
  return sent.filter(
    (each) =>
      (query.channel === undefined || each.channel === query.channel) &&
      (query.to === undefined || each.to === query.to) &&
      (query.kind === undefined || each.kind === query.kind) &&
      (query.since === undefined || each.at >= query.since),
  );
}
