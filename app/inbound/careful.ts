import { COLLECTIONS } from "../conversations/model.ts";
import { type Context, rejectedWrite } from "./documents.ts";
import type { Placed } from "./fast.ts";
import { foldEvent } from "./fold.ts";
import { type Folded, NOTHING } from "./folded.ts";
import { conversationRefs, type StoredEvent, search, subjectRefs } from "./search.ts";
import { type DocRef, Refused, type StorePort } from "./store.ts";
import { Workspace } from "./workspace.ts";

/** Events in one transaction: few enough that a repetition is cheap, many enough that 500 are no 500 transactions. */
const AT_ONCE = 20;
/** Transactions side by side. */
const LANES = 8;

type Items = readonly Placed<StoredEvent>[];

/**
 * Reads what the events are about, folds them in, and writes the result, each group in a transaction. The order within a
 * conversation is kept, and no two transactions of this call touch the same one.
 *
 * An event whose document the store refuses is kept with the rejected ones; its neighbours are stored.
 */
export async function carefully(port: StorePort, items: Items, context: Context): Promise<Folded[]> {
  const results = new Map<Placed<StoredEvent>, Folded>();
  const lanes = lanesOf(items);
  const worker = async () => {
    for (let lane = lanes.pop(); lane !== undefined; lane = lanes.pop()) {
      for (const group of lane) {
        const folded = await storeGroup(port, group, context);
        for (const [index, item] of group.entries()) results.set(item, folded[index] ?? NOTHING);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(LANES, lanes.length) }, worker));
  return items.map((item) => results.get(item) ?? NOTHING);
}

async function storeGroup(port: StorePort, items: Items, context: Context): Promise<readonly Folded[]> {
  try {
    const refs = await lookAhead(port, items);
    return await port.transaction(async (reader) => {
      const space = new Workspace();
      await space.load(reader, refs);
      // Only what has appeared since: usually nothing.
      await space.load(
        reader,
        items.flatMap((item) => conversationRefs(space, item)),
      );
      const result = items.map((item) => foldEvent(space, item, context));
      return { result, writes: space.writes() };
    });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (items.length > 1) return oneByOne(port, items, context);
    await port.commit(items.map(({ event }) => refusedWrite(event, error, context)));
    return [NOTHING];
  }
}

/**
 * Which documents the events are about. Found before the transaction, so that it begins by knowing all of them: queries in
 * it would hold locks on what they pass over, and each a round trip longer. What they find is read again in it.
 */
async function lookAhead(port: StorePort, items: Items): Promise<DocRef[]> {
  const space = new Workspace();
  await space.load(
    port,
    items.flatMap(({ event }) => subjectRefs(event)),
  );
  await Promise.all(items.map((item) => search(port, space, item)));
  return [...space.refs(), ...items.flatMap((item) => conversationRefs(space, item))];
}

async function oneByOne(port: StorePort, items: Items, context: Context): Promise<readonly Folded[]> {
  const folded: Folded[] = [];
  for (const item of items) folded.push(...(await storeGroup(port, [item], context)));
  return folded;
}

function refusedWrite(event: StoredEvent, error: Refused, context: Context) {
  const cause = error.cause instanceof Error ? error.cause.message.slice(0, 200) : "";
  const raw = JSON.stringify(event).slice(0, 200_000);
  const { channel, account, at } = event;
  const write = rejectedWrite({ type: "unknown", channel, account, at, reason: error.code, raw }, context);
  return { ...write, collection: COLLECTIONS.rejected, data: { ...write.data, cause } };
}

/** Groups of whole conversations; a long one has a lane of its own, in which its groups follow each other. */
function lanesOf(items: Items): Placed<StoredEvent>[][][] {
  const lanes: Placed<StoredEvent>[][][] = [];
  let open: Placed<StoredEvent>[] = [];
  for (const group of Map.groupBy(items, laneKey).values()) {
    if (group.length >= AT_ONCE) {
      lanes.push(chunks(group));
    } else {
      if (open.length + group.length > AT_ONCE || open.length === 0) {
        open = [];
        lanes.push([open]);
      }
      open.push(...group);
    }
  }
  return lanes;
}

function laneKey({ event, identity }: Placed<StoredEvent>): string {
  if (identity.conversationId !== "") return identity.conversationId;
  return "customer" in event ? `${event.channel}_${event.customer}` : event.channel;
}

function chunks(items: Items): Placed<StoredEvent>[][] {
  return Array.from({ length: Math.ceil(items.length / AT_ONCE) }, (_, index) =>
    items.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
}
