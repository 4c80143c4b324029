import { typesOf } from "../inbound/build.ts";
import type { Simulation } from "../simulation.ts";

/** Everything a test may need to wait for. Holds no secret. */
export function stateOf(simulation: Simulation) {
  const { world, connection } = simulation;
  return {
    connected: connection !== undefined,
    accounts: connection?.accounts ?? null,
    webhookUrls: connection?.webhookUrls ?? null,
    inboxUrl: connection?.inboxUrl ?? null,
    subscribed: [...simulation.subscribed].sort(),
    settings: simulation.settings,
    faults: simulation.faults.list(),
    pendingRedeliveries: simulation.deliveries.pending,
    conversations: world.conversations.size,
    sent: world.sent.length,
    counters: Object.fromEntries(Object.entries(world.counters).sort(([a], [b]) => (a < b ? -1 : 1))),
    types: { whatsapp: typesOf("whatsapp"), facebook: typesOf("facebook"), instagram: typesOf("instagram") },
  };
}
