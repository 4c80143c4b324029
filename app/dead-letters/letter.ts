import * as z from "zod";

/** A message that failed too often, as it waits in the dead letters. */
export interface Letter {
  /** Pub/Sub's id of the dead letter itself. */
  readonly id: string;
  /** By which it is acknowledged or let go. */
  readonly ackId: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** When it died, in Unix milliseconds. */
  readonly diedAt: number;
}

export const QUEUES = ["replies", "inbound-fallback"] as const;
export type Queue = (typeof QUEUES)[number];

/** What a person can tell a letter by, without a customer's words. */
export interface LetterSummary {
  readonly id: string;
  /** Where it was to be delivered; `unknown` cannot be replayed. */
  readonly queue: Queue | "unknown";
  readonly what: string;
  readonly subject: string;
  readonly diedAt: number;
  /** Deliveries before it was given up, where Pub/Sub tells. */
  readonly attempts?: number;
  readonly trace?: string;
}

const job = z.union([
  z.object({ conversationId: z.string(), trace: z.string().optional() }),
  z.object({ messageId: z.string(), trace: z.string().optional() }),
]);
const fallback = z.object({
  event: z.looseObject({ type: z.string(), channel: z.string(), customer: z.string().optional() }),
  trace: z.string().optional(),
});

/** https://cloud.google.com/pubsub/docs/handling-failures#track-delivery-attempts */
const SOURCE = "CloudPubSubDeadLetterSourceSubscription";
const ATTEMPTS = "CloudPubSubDeadLetterSourceDeliveryCount";

/** Reads what a letter is about. Pub/Sub names the subscription that it comes from; the emulator does not, so the body does. */
export function summarize(letter: Letter): LetterSummary {
  const content = contentOf(letter.body);
  const named = QUEUES.find((queue) => letter.attributes[SOURCE]?.endsWith(`servio-${queue}`));
  const attempts = Number(letter.attributes[ATTEMPTS]);
  const trace = content.trace ?? letter.attributes.trace;
  return {
    id: letter.id,
    queue: named ?? content.queue,
    what: content.what,
    subject: content.subject,
    diedAt: letter.diedAt,
    ...(attempts > 0 && { attempts }),
    ...(trace !== undefined && { trace }),
  };
}

interface Content {
  readonly queue: Queue | "unknown";
  readonly what: string;
  readonly subject: string;
  readonly trace?: string | undefined;
}

function contentOf(body: string): Content {
  const parsed = parse(body);
  const event = fallback.safeParse(parsed).data;
  if (event) {
    const { type, channel, customer } = event.event;
    const subject = customer === undefined ? channel : `${channel}_${customer}`;
    return { queue: "inbound-fallback", what: type, subject, trace: event.trace };
  }
  const asked = job.safeParse(parsed).data;
  if (!asked) return { queue: "unknown", what: "not understood", subject: "" };
  if ("messageId" in asked) return { queue: "replies", what: "files", subject: asked.messageId, trace: asked.trace };
  return { queue: "replies", what: "answer", subject: asked.conversationId, trace: asked.trace };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Shown as it is; nobody wrote such a thing, but somebody may have published it by hand.
    return undefined;
  }
}
