import * as z from "zod";
import { FAULT_TARGETS } from "../faults.ts";
import { messageInput } from "../inbound/input.ts";

const channel = z.enum(["whatsapp", "instagram", "facebook"]);

/** Body of `POST /control/batches`: what several customers of one channel do, told in one webhook. Meta sends up to 1000. */
export const batchInput = z
  .strictObject({
    messages: z.array(messageInput).min(1).max(1000),
    /** @default 1 */
    times: z.int().min(1).max(100).default(1),
  })
  .refine(
    ({ messages }) => new Set(messages.map((each) => `${each.channel} ${each.account}`)).size === 1,
    "all messages of a batch have the same channel and account",
  );

/** Body of `POST /control/webhooks`. A string goes out byte for byte, an object as Meta would write it. */
export const webhookInput = z.strictObject({
  channel,
  body: z.union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())]),
  /** @default "valid" */
  signature: z.enum(["valid", "wrong", "none"]).optional(),
  /** @default 1 */
  times: z.int().min(1).max(100).default(1),
  /** Redeliver until it answers 200. @default false */
  retry: z.boolean().default(false),
});

/** Query of `GET /control/sent`. */
export const sentQuery = z.strictObject({
  channel: z.enum(["whatsapp", "instagram", "facebook", "sendgrid", "slack", "alerts"]).optional(),
  to: z.string().optional(),
  kind: z.string().optional(),
  /** Unix milliseconds or ISO 8601: only what was sent at that time or later. */
  since: z
    .union([z.coerce.number(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))])
    .optional(),
  /** Waits until there are so many. */
  atLeast: z.coerce.number().int().min(1).optional(),
  /** How long `atLeast` waits. @default 10000 */
  timeoutMs: z.coerce.number().int().min(0).max(120_000).default(10_000),
});
export type SentQuery = z.output<typeof sentQuery>;

/** Query of `DELETE /control/faults`. */
export const faultsQuery = z.strictObject({ target: z.enum(FAULT_TARGETS).optional() });

/** Body of `POST /control/customers`: someone to play. */
export const customerInput = z.strictObject({
  channel,
  id: z.string().min(1).max(150),
  name: z.string().min(1).max(200),
});

/** Body of `POST /control/read`: the customer opens the conversation. */
export const readInput = z.strictObject({ channel, customer: z.string().min(1) });

/** Body of `POST /control/subscriptions`: what Meta does to a page whose webhook failed for an hour. */
export const subscriptionInput = z.strictObject({ channel, subscribed: z.boolean() });
