import type { ChannelName } from "../channels/channel.ts";
import { numberVariants } from "../channels/whatsapp/numbers.ts";
import { conversationId } from "../conversations/ids.ts";
import { COLLECTIONS } from "../conversations/model.ts";
import type { Identity } from "./documents.ts";
import type { Reader } from "./store.ts";

/** Who wrote, as far as the event tells. */
export interface Sender {
  readonly channel: ChannelName;
  readonly customer: string;
  readonly phone?: string;
  readonly bsuid?: string;
}

export interface Resolver {
  /** The conversation of each sender, in order, if nothing has to be read for it. */
  known(senders: readonly (Sender | undefined)[]): Identity[] | undefined;
  /** The conversation of each sender, in order; what has no sender belongs nowhere. */
  resolveAll(senders: readonly (Sender | undefined)[]): Promise<Identity[]>;
}

/** Customers whose conversation is known to exist; a process sees the same ones again and again. */
const REMEMBERED = 20_000;
const NOBODY: Identity = { conversationId: "", customer: "" };

/**
 * Finds the conversation of a sender. It is `{channel}_{sender}`, except where WhatsApp writes one person in several
 * ways: another form of the number, a business-scoped id in place of the number, or a number that has changed. Then a
 * conversation that exists under another of these is used; it is looked for only while the exact one does not exist.
 */
export function createResolver(reader: Reader, most = REMEMBERED): Resolver {
  const remembered = new Map<string, Identity>();

  const remember = (exact: string, identity: Identity): Identity => {
    remembered.set(exact, identity);
    if (remembered.size > most) {
      for (const oldest of remembered.keys()) {
        remembered.delete(oldest);
        break;
      }
    }
    return identity;
  };

  const lookUp = (sender: Sender | undefined): Identity | undefined => {
    if (sender === undefined) return NOBODY;
    const exact = identityOf(sender.channel, sender.customer);
    // Everywhere else a person has one id for good.
    if (sender.channel !== "whatsapp") return exact;
    return remembered.get(exact.conversationId);
  };

  const find = async (sender: Sender): Promise<Identity> => {
    const exact = identityOf(sender.channel, sender.customer);
    return remember(exact.conversationId, (await findExisting(reader, sender, exact)) ?? exact);
  };

  return {
    known(senders) {
      const identities: Identity[] = [];
      for (const sender of senders) {
        const identity = lookUp(sender);
        if (!identity) return undefined;
        identities.push(identity);
      }
      return identities;
    },
    async resolveAll(senders) {
      const pending = new Map<string, Promise<Identity>>();
      return Promise.all(
        senders.map((sender) => {
          const known = lookUp(sender);
          if (known || sender === undefined) return known ?? NOBODY;
          const running = pending.get(sender.customer) ?? find(sender);
          pending.set(sender.customer, running);
          return running;
        }),
      );
    },
  };
}

async function findExisting(reader: Reader, sender: Sender, exact: Identity): Promise<Identity | undefined> {
  const candidates = [exact, ...numberVariants(sender.customer).map((one) => identityOf(sender.channel, one))];
  const refs = candidates.map((one) => ({ collection: COLLECTIONS.conversations, id: one.conversationId }));
  const found = await reader.getAll(refs);
  const existing = candidates.find((_, index) => found[index] !== undefined);
  if (existing) return existing;
  const bsuid = sender.bsuid ?? sender.customer;
  const byContact = (field: string, value: string) =>
    reader.find({ collection: COLLECTIONS.conversations, where: [[field, "==", value]], limit: 1 });
  const [same] = (
    await Promise.all([byContact("contact.bsuid", bsuid), byContact("contact.phone", sender.customer)])
  ).flat();
  return same && identityOf(sender.channel, same.id.slice(sender.channel.length + 1));
}

function identityOf(channel: ChannelName, customer: string): Identity {
  return { conversationId: conversationId(channel, customer), customer };
}
