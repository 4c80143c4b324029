import * as z from "zod";
import type { MetaChannelName } from "../../app/channels/channel.ts";
import type { World } from "./world.ts";

const seconds = z.coerce.number();
const whatsappValue = z.object({
  metadata: z.object({ phone_number_id: z.string() }),
  contacts: z.array(z.object({ wa_id: z.string().optional(), user_id: z.string().optional() })).catch([]),
  messages: z
    .array(
      z.object({
        from: z.string().optional(),
        from_user_id: z.string().optional(),
        timestamp: seconds,
        type: z.string().optional(),
      }),
    )
    .catch([]),
});
/** News about a message, not one: these do not open the window. */
const NO_MESSAGE: ReadonlySet<string> = new Set(["reaction", "edit", "revoke", "system"]);
const whatsappBody = z.object({
  entry: z.array(z.object({ changes: z.array(z.object({ field: z.string(), value: z.unknown() })) })),
});
const messagingBody = z.object({
  entry: z.array(z.object({ id: z.string(), messaging: z.array(z.unknown()).catch([]) })),
});
const messagingElement = z.object({
  sender: z.object({ id: z.string() }),
  timestamp: z.number(),
  message: z.object({ is_echo: z.boolean().optional(), is_deleted: z.boolean().optional() }).optional(),
  postback: z.unknown().optional(),
});

/**
 * Learns from an outgoing webhook what Meta would know: which account it is about, and when which customer last wrote.
 * Every webhook passes here, also a raw one, so that the 24-hour window has one source. What it cannot read it leaves.
 */
export function observe(world: World, channel: MetaChannelName, body: unknown): void {
  if (channel === "whatsapp") observeWhatsApp(world, body);
  else observeMessaging(world, channel, body);
}

function observeWhatsApp(world: World, body: unknown): void {
  const parsed = whatsappBody.safeParse(body);
  if (!parsed.success) return;
  for (const change of parsed.data.entry.flatMap((entry) => entry.changes)) {
    const value = whatsappValue.safeParse(change.value);
    if (!value.success || change.field !== "messages") continue;
    world.accounts.set(value.data.metadata.phone_number_id, "whatsapp");
    for (const message of value.data.messages) {
      const customer = message.from ?? message.from_user_id;
      if (customer === undefined || NO_MESSAGE.has(message.type ?? "")) continue;
      const conversation = wrote(world, "whatsapp", customer, message.timestamp * 1000);
      if (message.from_user_id !== undefined) conversation.bsuid = message.from_user_id;
    }
  }
}

function observeMessaging(world: World, channel: MetaChannelName, body: unknown): void {
  const parsed = messagingBody.safeParse(body);
  if (!parsed.success) return;
  for (const entry of parsed.data.entry) {
    world.accounts.set(entry.id, channel);
    for (const raw of entry.messaging) {
      const element = messagingElement.safeParse(raw);
      if (!element.success) continue;
      const { sender, timestamp, message, postback } = element.data;
      const isInbound = postback !== undefined || (message !== undefined && !message.is_echo && !message.is_deleted);
      // Facebook sometimes writes seconds.
      if (isInbound) wrote(world, channel, sender.id, timestamp < 1e12 ? timestamp * 1000 : timestamp);
    }
  }
}

function wrote(world: World, channel: MetaChannelName, customer: string, at: number) {
  const conversation = world.find(channel, customer) ?? world.open(channel, customer);
  conversation.lastInboundAt = Math.max(conversation.lastInboundAt ?? 0, at);
  return conversation;
}
