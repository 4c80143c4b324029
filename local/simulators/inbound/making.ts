import { SimulatorError } from "../errors.ts";
import { type MediaKind, sample } from "../media/samples.ts";
import type { MediaFile } from "../media/store.ts";
import type { Simulation } from "../simulation.ts";
import type { Update } from "../webhooks.ts";
import type { Bubble } from "../world.ts";
import type { Input } from "./input.ts";

/** How the customer's phone shows what just happened. */
export type Effect =
  | {
      readonly type: "bubble";
      readonly kind: string;
      readonly text: string;
      /** `business`: a person of ours wrote in Meta's own app. @default "customer" */
      readonly author?: "customer" | "business";
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

export const NOTHING_SHOWN: Effect = { type: "none" };

/** What the phone shows of a message; words only where the customer wrote some. */
export function shown(kind: string, text = "", mediaUrl?: string): Effect {
  return { type: "bubble", kind, text, ...(mediaUrl === undefined ? {} : { mediaUrl }) };
}

/** The file the customer sends: one's own, else a small sample of the kind. */
export function fileOf({ simulation, input }: Making, kind: MediaKind): MediaFile {
  const { media } = input;
  if (!media) return simulation.media.add(sample(kind));
  const fileName = media.fileName ?? sample(kind).fileName;
  return simulation.media.add({ bytes: Buffer.from(media.base64, "base64"), mimeType: media.mimeType, fileName });
}

/**
 * The message that an edit, a deletion or a reaction is about: the one named, else the newest by that author.
 * @throws {SimulatorError} 409 when there is none.
 */
export function targetOf(making: Making, author: Bubble["author"]): string {
  const { simulation, input } = making;
  if (input.target !== undefined) return input.target;
  const bubbles = simulation.world.find(input.channel, input.from)?.bubbles ?? [];
  const newest = bubbles.findLast((bubble) => bubble.author === author && !bubble.deleted);
  if (newest) return newest.id;
  throw new SimulatorError(
    409,
    "no_target",
    `${input.type} is about a message of the ${author}'s, and ${input.from} has none. Send one first, or name it in target.`,
  );
}

/** How often the target was edited, this time included. */
export function revisionOf(making: Making, target: string): number {
  return (making.simulation.world.bubble(making.input.channel, target)?.edits ?? 0) + 1;
}
