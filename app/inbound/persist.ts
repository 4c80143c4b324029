import { isFile } from "../attachments/model.ts";
import type { ChannelEvent, MessageEvent } from "../channels/channel.ts";
import { carefully } from "./careful.ts";
import { type Context, type Identity, idOf, rejectedWrite } from "./documents.ts";
import { fastWrites, isFast, type Placed } from "./fast.ts";
import { type Folded, NOTHING } from "./folded.ts";
import { createResolver, type Sender } from "./resolve.ts";
import type { StoredEvent } from "./search.ts";
import { AlreadyExists, Refused, type StorePort, type Write } from "./store.ts";
import { traitsOf } from "./traits.ts";

/** What storing a POST came to. */
export interface Persisted {
  /** One for each event, in order. */
  readonly results: readonly Folded[];
  /** Conversations in which somebody should answer, each once. */
  readonly awaiting: readonly string[];
  /** New messages with files whose bytes are still at the provider's. */
  readonly withFiles: readonly string[];
}

/** Where events are kept. Storing the same events again, or some of them, changes nothing. */
export interface InboundStore {
  /** Returns once everything is durably stored. @throws when the store is not well; nothing may be acknowledged then. */
  persist(events: readonly ChannelEvent[], context: { readonly trace?: string }): Promise<Persisted>;
}

export interface PersistOptions {
  /** Unix milliseconds. Default the system's clock. */
  readonly now?: () => number;
}

/** Writes in one batch; Firestore takes 500 and 10 MiB. */
const MOST_WRITES = 400;

/**
 * Stores events. Fresh messages of customers go out in one batch that reads nothing; when something in it was there
 * before, and for everything else, the documents are read, folded and written in transactions.
 */
export function createInboundStore(port: StorePort, options: PersistOptions = {}): InboundStore {
  const now = options.now ?? Date.now;
  const resolver = createResolver(port);
  return {
    async persist(events, { trace }) {
      const context: Context = trace === undefined ? { now: now() } : { now: now(), trace };
      const senders = events.map(senderOf);
      const identities = resolver.known(senders) ?? (await resolver.resolveAll(senders));
      const { fast, slow, rejected, twice } = sorted(events, identities, context);
      const results: Folded[] = events.map(() => NOTHING);

      const batches = inBatches(fast);
      const [only] = batches;
      const outcomes =
        batches.length === 1 && only
          ? [await storeFast(port, only, context)]
          : await Promise.all(batches.map((items) => storeFast(port, items, context)));
      const careful = [...slow];
      for (const [index, items] of batches.entries()) {
        if (outcomes[index]) for (const item of items) results[item.index] = freshResult(item, context);
        else careful.push(...items);
      }
      if (careful.length > 0) {
        careful.sort((one, other) => one.index - other.index);
        const folded = await carefully(port, careful, context);
        for (const [index, item] of careful.entries()) results[item.index] = folded[index] ?? NOTHING;
      }
      if (rejected.length > 0) await port.commit(rejected);
      for (const { index, first } of twice) results[index] = { ...(results[first] ?? NOTHING), fresh: false };
      return { results, awaiting: awaitingIn(results), withFiles: withFilesIn(events, results) };
    },
  };
}

interface Item extends Placed<StoredEvent> {
  readonly index: number;
}
type FastItem = Item & Placed<MessageEvent>;

interface Sorted {
  readonly fast: FastItem[];
  readonly slow: Item[];
  readonly rejected: Write[];
  /** The same message again in the same POST. */
  readonly twice: { index: number; first: number }[];
}

function sorted(events: readonly ChannelEvent[], identities: readonly Identity[], context: Context): Sorted {
  const result: Sorted = { fast: [], slow: [], rejected: [], twice: [] };
  const seen = new Map<string, number>();
  for (let index = 0; index < events.length; index += 1) {
    const event = events[index];
    const identity = identities[index];
    if (event === undefined || identity === undefined) continue;
    if (event.type === "unknown") {
      const write = rejectedWrite(event, context);
      if (!result.rejected.some(({ id }) => id === write.id)) result.rejected.push(write);
    } else if (event.type === "message" && isFast(event, context.now)) {
      // Only where there could be another one is it worth remembering.
      const key = events.length === 1 ? "" : `${event.channel} ${event.account} ${event.providerId}`;
      const first = seen.get(key);
      if (first !== undefined) result.twice.push({ index, first });
      else result.fast.push({ event, identity, index });
      if (first === undefined) seen.set(key, index);
    } else {
      result.slow.push({ event, identity, index });
    }
  }
  return result;
}

/** Whether it was stored; if not, something in it has to be looked at more closely. */
async function storeFast(port: StorePort, items: readonly FastItem[], context: Context): Promise<boolean> {
  try {
    await port.commit(fastWrites(items, context));
    return true;
  } catch (error) {
    // Something was there before, or one document is refused: the others must not pay for it.
    if (error instanceof AlreadyExists || error instanceof Refused) return false;
    throw error;
  }
}

function freshResult({ event, identity }: FastItem, context: Context): Folded {
  return { fresh: true, awaiting: traitsOf(event, context.now).awaits, conversationId: identity.conversationId };
}

/** Whole conversations, as many as one batch takes: one that is split would be written to by two batches at once. */
function inBatches(items: readonly FastItem[]): (readonly FastItem[])[] {
  if (items.length > 0 && 2 * items.length <= MOST_WRITES) return [items];
  const batches: FastItem[][] = [];
  let writes = MOST_WRITES;
  for (const group of Map.groupBy(items, ({ identity }) => identity.conversationId).values()) {
    if (writes + group.length + 1 > MOST_WRITES) {
      batches.push([]);
      writes = 0;
    }
    batches.at(-1)?.push(...group);
    writes += group.length + 1;
  }
  return batches;
}

/** Only what belongs to a conversation has one to be found. */
function senderOf(event: ChannelEvent): Sender | undefined {
  if (event.type !== "message" && event.type !== "preference" && event.type !== "watermark") return undefined;
  return event;
}

function withFilesIn(events: readonly ChannelEvent[], results: readonly Folded[]): readonly string[] {
  const ids: string[] = [];
  for (let index = 0; index < events.length; index += 1) {
    const event = events[index];
    if (event?.type !== "message" || event.attachments.length === 0 || results[index]?.fresh !== true) continue;
    if (event.attachments.some(isFile)) ids.push(idOf(event));
  }
  return ids;
}

function awaitingIn(results: readonly Folded[]): string[] {
  const ids = new Set<string>();
  for (const { awaiting, conversationId } of results) {
    if (awaiting && conversationId !== undefined) ids.add(conversationId);
  }
  return [...ids];
}
