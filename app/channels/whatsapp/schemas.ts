import * as z from "zod";
import { lenientText, partyId, providerId } from "../meta/values.ts";

/**
 * WhatsApp Cloud API payloads, only as far as we read them. What may be missing is optional, what may be odd falls back.
 * Source: https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference
 */

const list = z.array(z.unknown()).optional().catch(undefined);

export const change = z.object({ field: z.string(), value: z.record(z.string(), z.unknown()) });

/** The value of `messages` and `smb_message_echoes`. */
export const messagesValue = z.object({
  metadata: z
    .object({ phone_number_id: partyId.optional().catch(undefined) })
    .optional()
    .catch(undefined),
  contacts: list,
  messages: list,
  message_echoes: list,
  statuses: list,
  errors: list,
  calls: list,
});

export const contact = z.object({
  wa_id: partyId.optional().catch(undefined),
  user_id: partyId.optional().catch(undefined),
  profile: z.object({ name: lenientText, username: lenientText }).optional().catch(undefined),
});
export type Contact = z.output<typeof contact>;

const code = z.coerce.number().catch(-1);
export const error = z.object({
  code,
  title: lenientText,
  message: lenientText,
  error_data: z.object({ details: lenientText }).optional().catch(undefined),
});

export const message = z.object({
  id: providerId,
  from: partyId.optional().catch(undefined),
  from_user_id: partyId.optional().catch(undefined),
  /** Echoes only: the customer. */
  to: partyId.optional().catch(undefined),
  to_user_id: partyId.optional().catch(undefined),
  timestamp: z.unknown().optional(),
  type: z.string().catch("unsupported"),
  group_id: z.string().optional().catch(undefined),
  context: z
    .object({
      id: lenientText,
      referred_product: z.record(z.string(), z.unknown()).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  referral: z.record(z.string(), z.unknown()).optional().catch(undefined),
  errors: list,
});
export type WhatsAppMessage = z.output<typeof message>;

export const text = z.object({ text: z.object({ body: z.string() }) });
export const reaction = z.object({ reaction: z.object({ message_id: providerId, emoji: lenientText }) });
export const revoke = z.object({ revoke: z.object({ original_message_id: providerId }) });
export const edit = z.object({
  edit: z.object({ original_message_id: providerId, message: z.record(z.string(), z.unknown()) }),
});
export const button = z.object({ button: z.object({ text: lenientText, payload: lenientText }) });
export const order = z.object({
  order: z.object({
    text: lenientText,
    catalog_id: lenientText,
    product_items: z.array(z.unknown()).optional().catch(undefined),
  }),
});
export const system = z.object({
  system: z.object({
    body: lenientText,
    type: lenientText,
    wa_id: partyId.optional().catch(undefined),
    new_wa_id: partyId.optional().catch(undefined),
    user_id: partyId.optional().catch(undefined),
  }),
});

const reply = z.object({ id: lenientText, title: lenientText }).optional().catch(undefined);
export const interactive = z.object({
  interactive: z.object({
    type: lenientText,
    button_reply: reply,
    list_reply: reply,
    nfm_reply: z
      .object({ name: lenientText, body: lenientText, response_json: z.unknown().optional() })
      .optional()
      .catch(undefined),
  }),
});

export const media = z.object({
  id: lenientText,
  mime_type: lenientText,
  sha256: lenientText,
  caption: lenientText,
  filename: lenientText,
  url: lenientText,
  voice: z.boolean().optional().catch(undefined),
});

const number = z.coerce.number().optional().catch(undefined);
export const location = z.object({
  location: z.object({
    latitude: number,
    longitude: number,
    name: lenientText,
    address: lenientText,
    url: lenientText,
  }),
});

export const vcard = z.object({
  name: z.object({ formatted_name: lenientText, first_name: lenientText }).optional().catch(undefined),
  phones: z
    .array(z.object({ phone: lenientText, wa_id: lenientText }))
    .optional()
    .catch(undefined),
});
export const contactCards = z.object({ contacts: z.array(z.unknown()) });

export const status = z.object({
  id: providerId,
  status: z.string(),
  timestamp: z.unknown().optional(),
  recipient_id: partyId.optional().catch(undefined),
  recipient_user_id: partyId.optional().catch(undefined),
  biz_opaque_callback_data: lenientText,
  errors: list,
});

export const preferences = z.object({ user_preferences: z.array(z.unknown()) });
export const preference = z.object({
  wa_id: partyId.optional().catch(undefined),
  user_id: partyId.optional().catch(undefined),
  category: lenientText,
  value: z.enum(["stop", "resume"]),
  timestamp: z.unknown().optional(),
});

export const historyValue = z.object({ history: z.array(z.unknown()) });
export const historyChunk = z.object({ threads: z.array(z.unknown()).optional().catch(undefined), errors: list });
export const historyThread = z.object({ id: partyId, messages: z.array(z.unknown()) });

export const call = z.object({
  id: providerId,
  from: partyId,
  from_user_id: partyId.optional().catch(undefined),
  event: z.string(),
  direction: lenientText,
  timestamp: z.unknown().optional(),
});
