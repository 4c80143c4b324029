import type { Attempt } from "../deliveries.ts";
import { newMessageId, toCustomerId } from "../ids.ts";
import { accountOf, type Simulation } from "../simulation.ts";
import { tell } from "../webhooks.ts";
import type { Bubble } from "../world.ts";
import { build } from "./build.ts";
import type { Input } from "./input.ts";
import type { Effect, Making } from "./making.ts";

export interface Received {
  /** Provider's ids of the messages, in order. */
  readonly ids: readonly string[];
  /** HTTP status of the webhook's first answer; 0: none came; absent: Meta did not tell the app. */
  readonly status?: number;
  /** All first answers, when the webhook was delivered several times. */
  readonly statuses: readonly number[];
}

/**
 * Lets customers of one channel do something: their phones show it, the app is told in one webhook, and what it answers
 * comes back.
 * @param times how often the same webhook is delivered, side by side. Default: what the first input says.
 */
export async function receive(simulation: Simulation, inputs: readonly Input[], times?: number): Promise<Received> {
  const made = inputs.map((input) => make(simulation, input));
  const [first] = made;
  if (!first) return { ids: [], statuses: [] };
  const { input, account } = first.making;
  const bubbles = made.flatMap(({ bubble }) => (bubble ? [bubble] : []));
  const onAttempt = (attempt: Attempt) => {
    for (const bubble of bubbles) mark(simulation, bubble, attempt);
  };
  const updates = made.flatMap(({ built }) => built.updates);
  const what = made.length === 1 ? input.type : `${made.length} at once`;
  const copies = Array.from({ length: times ?? input.times }, (_, index) =>
    tell(simulation, input.channel, account, updates, { what, customer: input.from, onAttempt, retry: index === 0 }),
  );
  const attempts = (await Promise.all(copies)).filter((attempt) => attempt !== undefined);
  const status = attempts[0]?.status;
  return {
    ids: made.map(({ making }) => making.id),
    ...(status === undefined ? {} : { status }),
    statuses: attempts.map((attempt) => attempt.status),
  };
}

/** Builds one message and shows it on the customer's phone. */
function make(simulation: Simulation, asked: Input) {
  const { world } = simulation;
  const input = { ...asked, from: toCustomerId(asked.channel, asked.from) };
  const known = world.find(input.channel, input.from);
  const making: Making = {
    simulation,
    input,
    account: input.account ?? accountOf(simulation, input.channel),
    id: input.id ?? newMessageId(input.channel),
    at: input.at ?? world.now(),
    name: nameOf(input, known?.name),
  };
  const built = build(making);
  if (built.effect.type !== "none") {
    const conversation = world.open(input.channel, input.from, input.name);
    if (input.bsuid !== undefined) conversation.bsuid = input.bsuid;
  }
  return { making, built, bubble: show(making, built.effect) };
}

/** Without a name Meta tells the number; of a customer who hides it, the business-scoped id. */
function nameOf(input: Input, known: string | undefined): string {
  const named = input.name ?? (known === input.from ? undefined : known);
  return named ?? (input.hidePhone ? (input.bsuid ?? "") : input.from);
}

function show(making: Making, effect: Effect): Bubble | undefined {
  const { world } = making.simulation;
  const { channel, from } = making.input;
  if (effect.type === "none") return undefined;
  if (effect.type === "bubble") {
    const bubble: Bubble = {
      id: making.id,
      channel,
      customer: from,
      author: effect.author ?? "customer",
      kind: effect.kind,
      text: effect.text,
      at: making.at,
      status: "sending",
      ...(making.input.replyTo === undefined ? {} : { replyTo: making.input.replyTo }),
      ...(effect.mediaUrl === undefined ? {} : { mediaUrl: effect.mediaUrl }),
    };
    world.say(bubble);
    return bubble;
  }
  const target = world.bubble(channel, effect.target);
  if (!target) return undefined;
  if (effect.type === "reaction") world.change(target, { reaction: effect.emoji });
  if (effect.type === "edit") world.change(target, { text: effect.text, edits: (target.edits ?? 0) + 1 });
  if (effect.type === "deletion") world.change(target, { text: "", deleted: true });
  return undefined;
}

/** One tick: Meta has it. Two: the app took it. In colour: the business read it (set when the app says so). */
function mark(simulation: Simulation, bubble: Bubble, attempt: Attempt): void {
  if (bubble.status === "read" || bubble.status === "delivered") return;
  const problem = attempt.status === 200 ? "" : String(attempt.status || attempt.answer);
  simulation.world.change(bubble, { status: attempt.status === 200 ? "delivered" : "sent", problem });
}
