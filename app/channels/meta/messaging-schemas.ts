import * as z from "zod";
import { lenientText, partyId, providerId } from "./values.ts";

/**
 * One element of `messaging` or `standby`, as Messenger and Instagram share it: exactly one of its keys says what it is.
 * Source: https://developers.facebook.com/docs/messenger-platform/reference/webhook-events
 */

const party = z.object({ id: partyId }).optional().catch(undefined);
const anything = z.unknown().optional();
const record = z.record(z.string(), z.unknown()).optional().catch(undefined);

export const element = z.object({ sender: party, recipient: party, timestamp: anything });

const attachment = z.object({ type: z.string(), payload: record, title: lenientText, url: lenientText });
export type RawAttachment = z.output<typeof attachment>;

export const message = z.object({
  mid: providerId,
  text: lenientText,
  attachments: z.array(z.unknown()).optional().catch(undefined),
  quick_reply: z.object({ payload: lenientText }).optional().catch(undefined),
  reply_to: z
    .object({
      mid: lenientText,
      story: z.object({ id: lenientText, url: lenientText }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  referral: record,
  is_echo: z.boolean().optional().catch(undefined),
  is_deleted: z.boolean().optional().catch(undefined),
  is_unsupported: z.boolean().optional().catch(undefined),
  metadata: lenientText,
});
export type RawMessage = z.output<typeof message>;
export { attachment };

export const delivery = z.object({ mids: z.array(z.unknown()).optional().catch(undefined), watermark: anything });
export const read = z.object({ mid: providerId.optional().catch(undefined), watermark: anything });
export const reaction = z.object({
  mid: providerId,
  action: z.enum(["react", "unreact"]).catch("react"),
  reaction: lenientText,
  emoji: lenientText,
});
export const postback = z.object({
  mid: providerId.optional().catch(undefined),
  title: lenientText,
  payload: lenientText,
  referral: record,
});
export const referral = z.record(z.string(), z.unknown());
export const optin = z.object({
  type: lenientText,
  ref: lenientText,
  notification_messages_status: lenientText,
});
export const messageEdit = z.object({
  mid: providerId,
  text: lenientText,
  /** Seen as a number and as a string. */
  num_edit: z.coerce.number().int().nonnegative().catch(0),
});
