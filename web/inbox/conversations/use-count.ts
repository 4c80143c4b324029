import { useEffect, useState } from "react";
import { useConversations, useInbox } from "../data/inbox.ts";
import type { Conversation, ConversationFilter, Page } from "../data/model.ts";
import { useSignedIn } from "../session/session.ts";
import { useNow } from "../shell/use-now.ts";
import { belongs } from "./sift.ts";

/** A count of the server's costs a read for each thousand: asked again only when the list has moved and this has passed. */
const RENEW_MS = 60_000;

const SNOOZED: ConversationFilter = { view: "snoozed" };

/**
 * How many conversations there are under the filter: counted here where all are here, else by the server. The server
 * counts those put aside among the open ones, since what hides them is the clock: they are few, and taken off here.
 */
export function useCount(filter: ConversationFilter, page: Page<Conversation> | undefined): number | undefined {
  const { store } = useInbox();
  const [told, setTold] = useState<{
    readonly filter: ConversationFilter;
    readonly count: number;
    readonly at: number;
  }>();
  const partial = page?.hasMore === true;
  const aside = useConversations(SNOOZED, partial && filter.view === "open").value?.items;
  const me = useSignedIn().person.uid;
  const now = useNow();
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
  if (told?.filter !== filter) return undefined;
  const hidden = aside?.filter((row) => belongs(row, { ...filter, view: "snoozed" }, { me, now })).length ?? 0;
  return told.count - hidden;
}
