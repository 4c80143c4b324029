import type { MetaChannelName } from "../../../app/channels/channel.ts";
import type { Simulation } from "../simulation.ts";
import type { Bubble, Conversation, Sent } from "../world.ts";
import type { Choice } from "./choices.ts";
import type { GraphError } from "./errors.ts";

/** What Graph answers to a send, and what follows from it. */
export interface Accepted {
  readonly answer: unknown;
  /** Absent for typing and read marks. */
  readonly sent?: Sent;
  /** Accepted, never to arrive, and nobody is told. */
  readonly lost?: boolean;
  /** Accepted, then reported `failed` by webhook. */
  readonly failure?: GraphError;
  readonly replyTo?: string;
  readonly choices?: readonly Choice[];
}

/** Typing ends by itself after 25 s (WhatsApp) or 20 s (the others). */
const TYPING_MS: Readonly<Record<MetaChannelName, number>> = { whatsapp: 25_000, facebook: 20_000, instagram: 20_000 };

const timers = new WeakMap<Conversation, NodeJS.Timeout>();

/** The business types, or stops. */
export function showTyping(simulation: Simulation, channel: MetaChannelName, customer: string, on: boolean): void {
  const { world } = simulation;
  const conversation = world.open(channel, customer);
  clearTimeout(timers.get(conversation));
  if (on) {
    world.count(`graph.typing.${channel}`);
    const timer = setTimeout(() => world.events.emit("typing", { channel, customer, on: false }), TYPING_MS[channel]);
    timer.unref();
    timers.set(conversation, timer);
  }
  world.events.emit("typing", { channel, customer, on });
}

/** WhatsApp: this message of the customer's and all before it were read. */
export function markRead(simulation: Simulation, upTo: Bubble): void {
  const conversation = simulation.world.open(upTo.channel, upTo.customer);
  for (const bubble of conversation.bubbles) {
    if (bubble.author === "customer" && bubble.at <= upTo.at && bubble.status !== "failed") {
      if (bubble.status !== "read") simulation.world.change(bubble, { status: "read" });
    }
  }
}

/** Messenger and Instagram: `mark_seen` is about the whole conversation. */
export function markAllRead(simulation: Simulation, conversation: Conversation): void {
  const last = conversation.bubbles.findLast((bubble) => bubble.author === "customer");
  if (last) markRead(simulation, last);
}

/** Puts what was accepted where tests and the phone page see it. */
export function publish(simulation: Simulation, accepted: Accepted): Bubble | undefined {
  const { sent } = accepted;
  if (!sent) return undefined;
  const { world } = simulation;
  world.record(sent);
  if (accepted.lost) {
    world.count("graph.lost");
    return undefined;
  }
  showTyping(simulation, sent.channel, sent.to, false);
  const bubble: Bubble = {
    id: sent.id,
    channel: sent.channel,
    customer: sent.to,
    author: "business",
    kind: sent.kind,
    text: sent.text,
    at: sent.at,
    status: accepted.failure ? "failed" : "sending",
    ...(accepted.failure ? { problem: `${accepted.failure.code} ${accepted.failure.message}` } : {}),
    ...(accepted.replyTo === undefined ? {} : { replyTo: accepted.replyTo }),
    ...(sent.mediaUrl === undefined ? {} : { mediaUrl: sent.mediaUrl }),
    ...(accepted.choices?.length ? { choices: accepted.choices } : {}),
  };
  world.say(bubble);
  return bubble;
}
