import { useEffect, useState } from "react";
import { useInbox } from "../data/inbox.ts";
import type { Conversation, ConversationFilter, Page } from "../data/model.ts";

/** A count of the server's costs a read for each thousand: asked again only when the list has moved and this has passed. */
const RENEW_MS = 60_000;

/** How many conversations there are under the filter: counted here where all are here, else by the server. */
export function useCount(filter: ConversationFilter, page: Page<Conversation> | undefined): number | undefined {
  const { store } = useInbox();
  const [told, setTold] = useState<{
    readonly filter: ConversationFilter;
    readonly count: number;
    readonly at: number;
  }>();
  const partial = page?.hasMore === true;
  const newest = page?.items[0]?.lastMessageAt;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a newer message is the reason to ask again
  useEffect(() => {
    if (!partial || (told?.filter === filter && Date.now() - told.at < RENEW_MS)) return;
    let current = true;
    store.count(filter).then(
      (count) => current && count !== undefined && setTold({ filter, count, at: Date.now() }),
      (reason) => console.warn("The conversations could not be counted.", reason),
    );
    return () => {
      current = false;
    };
  }, [partial, filter, newest, store]);
  if (page === undefined) return undefined;
  if (!partial) return page.items.length;
  return told?.filter === filter ? told.count : undefined;
}
