import type { MetaChannelName } from "../../../app/channels/channel.ts";
import { SimulatorError } from "../errors.ts";
import { facebookBuilders } from "./facebook.ts";
import { instagramBuilders } from "./instagram.ts";
import type { Builders, Built, Making } from "./making.ts";
import { whatsappBuilders } from "./whatsapp.ts";
import { whatsappAccountBuilders } from "./whatsapp-account.ts";

const BUILDERS: Readonly<Record<MetaChannelName, Builders>> = {
  whatsapp: { ...whatsappBuilders, ...whatsappAccountBuilders },
  facebook: facebookBuilders,
  instagram: instagramBuilders,
};

/** Everything a customer can do, per channel: the names that `type` takes. */
export function typesOf(channel: MetaChannelName): string[] {
  return Object.keys(BUILDERS[channel]);
}

/** @throws {SimulatorError} 400 with the channel's types when it has none of that name. */
export function build(making: Making): Built {
  const { channel, type } = making.input;
  const builder = Object.hasOwn(BUILDERS[channel], type) ? BUILDERS[channel][type] : undefined;
  if (builder) return builder(making);
  const known = typesOf(channel).join(", ");
  throw new SimulatorError(400, "type_unknown", `${channel} has no type "${type}". It has: ${known}.`);
}
