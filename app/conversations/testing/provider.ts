import type { Firestore } from "firebase-admin/firestore";
import type { Channel, MetaChannelName, OutboundText, SendResult } from "../../channels/channel.ts";
import { WINDOW_MS } from "../decide.ts";
import { raiseStatus } from "../message-status.ts";
import { COLLECTIONS, type Message } from "../model.ts";

/** A recording stand-in for the provider: what it was asked to send, and how it answers. */
export interface FakeProvider {
  readonly sent: OutboundText[];
  /** What was marked as read, by the newest message's id at the provider. */
  readonly seen: (string | undefined)[];
  /** What the next sends come to; then every send works. */
  readonly results: SendResult[];
  /** Whether a status webhook follows each message that left. */
  proves: boolean;
}

/** Channels that only record. */
export function fakeChannels(db: Firestore, provider: FakeProvider): Record<MetaChannelName, Channel> {
  const channel = (name: MetaChannelName): Channel => ({
    name,
    parse: () => [],
    typing: async () => undefined,
    seen: async ({ providerId }) => void provider.seen.push(providerId),
    media: async () => ({ ok: false, gone: true, message: "no files here" }),
    window: (lastInboundAt, now) => {
      const expiresAt = lastInboundAt + WINDOW_MS;
      return { expiresAt, state: now < expiresAt ? "open" : "template_only" };
    },
    send: async (message) => {
      const result = provider.results.shift();
      if (result && !result.ok && result.failure !== "unknown") return result;
      provider.sent.push(message);
      const providerId = `wamid.${provider.sent.length}`;
      if (provider.proves) await raiseTo(db, message.messageId, "sent", providerId);
      return result ?? { ok: true, providerId, shortened: false };
    },
  });
  return { whatsapp: channel("whatsapp"), instagram: channel("instagram"), facebook: channel("facebook") };
}

/** What a status webhook does. */
export async function raiseTo(db: Firestore, id: string, status: Message["status"], providerId: string): Promise<void> {
  const place = db.collection(COLLECTIONS.messages).doc(id);
  await db.runTransaction(async (transaction) => {
    const message = (await transaction.get(place)).data() as Message;
    transaction.update(place, { status: raiseStatus(message.status, status ?? "sent"), providerId });
  });
}
