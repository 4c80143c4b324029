import { createContext, useContext, useEffect, useMemo, useSyncExternalStore } from "react";
import { belongs } from "../conversations/sift.ts";
import type { OutgoingMessages } from "../messages/outgoing.ts";
import type { ChannelHealth } from "../status/health.ts";
import type { InboxApi } from "./api.ts";
import { type Live, useLive } from "./live.ts";
import type { CannedResponse, Conversation, ConversationFilter, InboxStore, LivePage, Message, Page } from "./model.ts";
import { type Overlay, withBelief } from "./overlay.ts";

/** What the signed-in page stands on. */
export interface Inbox {
  readonly store: InboxStore;
  readonly api: InboxApi;
  readonly outgoing: OutgoingMessages;
  readonly overlay: Overlay;
}

export const InboxContext = createContext<Inbox | undefined>(undefined);

/** @throws outside the signed-in part of the page. */
export function useInbox(): Inbox {
  const value = useContext(InboxContext);
  if (value === undefined) throw new Error("useInbox() is for what is shown after sign-in.");
  return value;
}

/** A page with its own way to ask for more: the stream that fills it lives elsewhere. */
export interface GrowingPage<T> extends Page<T>, Omit<LivePage, "stop"> {}

const NOT_YET: LivePage = { more: () => undefined, look: () => undefined, stop: () => undefined };

/** Turns a live page into a stream of pages that carry their own `more()`. */
function stream<T>(watch: (listener: { next(page: Page<T>): void; fail(reason: Error): void }) => LivePage) {
  return (next: (value: GrowingPage<T>) => void, fail: (reason: Error) => void) => {
    // A store may call back before it has returned.
    let live = NOT_YET;
    const more = () => live.more();
    const look = (first: number, last: number) => live.look(first, last);
    live = watch({ next: (page) => next({ ...page, more, look }), fail });
    return () => live.stop();
  };
}

/** The live list under a filter, with the changes of this person already in it. */
export function useConversations(filter: ConversationFilter): Live<GrowingPage<Conversation>> {
  const { store, overlay } = useInbox();
  const live = useLive<GrowingPage<Conversation>>(
    `conversations ${JSON.stringify(filter)}`,
    stream((listener) => store.watchConversations(filter, listener)),
  );
  const beliefs = useSyncExternalStore(overlay.subscribe, overlay.get);
  const { value } = live;
  const patched = useMemo(() => {
    if (value === undefined || beliefs.size === 0) return value;
    const items = value.items.map((row) => withBelief(row, beliefs)).filter((row) => staysUnder(row, filter));
    return { ...value, items };
  }, [value, beliefs, filter]);
  return { ...live, value: patched };
}

/** A row that was just closed leaves the list before the database says so; one that was just read stays: no jump. */
function staysUnder(row: Conversation, filter: ConversationFilter): boolean {
  return filter.view === "unread" || belongs(row, filter);
}

/** One conversation, live; `null` when there is none with that id. */
export function useConversation(id: string): Live<Conversation | null> {
  const { store, overlay } = useInbox();
  const live = useLive<Conversation | null>(`conversation ${id}`, (next, fail) =>
    store.watchConversation(id, { next: (row) => next(row ?? null), fail }),
  );
  const beliefs = useSyncExternalStore(overlay.subscribe, overlay.get);
  const { value } = live;
  useEffect(() => {
    if (value !== undefined && value !== null) overlay.settle(value);
  }, [value, overlay]);
  const patched = useMemo(
    () => (value === undefined || value === null ? value : withBelief(value, beliefs)),
    [value, beliefs],
  );
  return { ...live, value: patched };
}

/** Answers kept ready. Asked for when somebody first wants one. */
export function useCannedResponses(wanted: boolean): Live<readonly CannedResponse[]> {
  const { store } = useInbox();
  return useLive<readonly CannedResponse[]>(
    "canned",
    (next, fail) => store.watchCannedResponses({ next, fail }),
    wanted,
  );
}

/** The health of the channels that have been looked at. */
export function useChannels(): Live<readonly ChannelHealth[]> {
  const { store } = useInbox();
  return useLive<readonly ChannelHealth[]>("channels", (next, fail) => store.watchChannels({ next, fail }));
}

/** The newest messages of a conversation, newest first, as they are stored. */
export function useMessages(conversationId: string): Live<GrowingPage<Message>> {
  const { store } = useInbox();
  return useLive<GrowingPage<Message>>(
    `messages ${conversationId}`,
    stream((listener) => store.watchMessages(conversationId, listener)),
  );
}
