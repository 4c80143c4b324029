import type { MetaChannelName } from "../../../app/channels/channel.ts";
import { SimulatorError } from "../errors.ts";
import type { Simulation } from "../simulation.ts";
import type { Update } from "../webhooks.ts";
import { facebookBuilders } from "./facebook.ts";
import type { Input } from "./input.ts";
import { instagramBuilders } from "./instagram.ts";
import { whatsappBuilders } from "./whatsapp.ts";

/** How the customer's phone shows what just happened. */
export type Effect =
  | {
      readonly type: "bubble";
      readonly kind: string;
      readonly text: string;
      /** `business`: a person of ours wrote in Meta's own app. @default "customer" */
      readonly author?: "customer" | "business";
      readonly replyTo?: string;
      readonly mediaUrl?: string;
    }
  | { readonly type: "reaction"; readonly target: string; readonly emoji: string }
  | { readonly type: "edit"; readonly target: string; readonly text: string }
  | { readonly type: "deletion"; readonly target: string }
  | { readonly type: "none" };

/** What Meta tells the app, and what the phone shows. */
export interface Built {
  readonly updates: readonly Update[];
  readonly effect: Effect;
}

/** What every builder may use. */
export interface Making {
  readonly simulation: Simulation;
  readonly input: Input;
  readonly account: string;
  /** Provider's message id of what is being made. */
  readonly id: string;
  /** Unix milliseconds. */
  readonly at: number;
  readonly name: string;
}

export type Builder = (making: Making) => Built;
export type Builders = Readonly<Record<string, Builder>>;

const BUILDERS: Readonly<Record<MetaChannelName, Builders>> = {
  whatsapp: whatsappBuilders,
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
