import type { MetaChannelName } from "../../../app/channels/channel.ts";
import type { Simulation } from "../simulation.ts";
import type { Conversation } from "../world.ts";

/**
 * The customer that a send is addressed to. One that the simulator has never met wrote by a webhook that somebody signed
 * and posted by hand, which it cannot see: their window counts from now, unless the settings say that there are no such
 * customers.
 */
export function addressee(
  { world, settings }: Simulation,
  channel: MetaChannelName,
  customer: string,
): Conversation | undefined {
  const known = world.find(channel, customer);
  if (known || settings.strangers === "refused") return known;
  const stranger = world.open(channel, customer);
  stranger.lastInboundAt = world.now();
  return stranger;
}
