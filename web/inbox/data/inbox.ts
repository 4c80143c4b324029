import { createContext, useContext, useEffect, useMemo, useSyncExternalStore } from "react";
import type { SavedViews } from "../conversations/saved-views.ts";
import { belongs } from "../conversations/sift.ts";
import type { OutgoingMessages } from "../messages/outgoing.ts";
import { useSignedIn } from "../session/session.ts";
import { useNow } from "../shell/use-now.ts";
import type { ChannelHealth } from "../status/health.ts";
import type { InboxApi } from "./api.ts";
import { type Live, useLive } from "./live.ts";
import type {
  Agent,
  CannedResponse,
  Conversation,
  ConversationFilter,
  InboxStore,
  Listener,
  LivePage,
  Message,
  Note,
  Page,
  Presence,
  Scheduled,
  Template,
  TemplateState,
} from "./model.ts";
import { type Overlay, withBelief } from "./overlay.ts";

/** What the signed-in page stands on. */
export interface Inbox {
  readonly store: InboxStore;
  readonly api: InboxApi;
  readonly outgoing: OutgoingMessages;
  readonly overlay: Overlay;
  readonly views: SavedViews;
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

/**
 * The live list under a filter, with the changes of this person already in it.
 * @param wanted false leaves it unopened. @default true
 */
export function useConversations(filter: ConversationFilter, wanted = true): Live<GrowingPage<Conversation>> {
  const { store, overlay } = useInbox();
  const me = useSignedIn().person.uid;
  const live = useLive<GrowingPage<Conversation>>(
    `conversations ${JSON.stringify(filter)}`,
    stream((listener) => store.watchConversations(filter, listener)),
    wanted,
  );
  const beliefs = useSyncExternalStore(overlay.subscribe, overlay.get);
  const { value } = live;
  const now = useNow();
  const patched = useMemo(() => {
    if (value === undefined) return value;
    const viewpoint = { me, now };
    const stored = value.items.filter((row) => belongs(row, filter, viewpoint));
    if (beliefs.size === 0) return { ...value, items: stored };
    // A row that was just closed leaves the list before the database says so; one that was just read stays: no jump.
    const stays = (row: Conversation) => filter.view === "unread" || belongs(row, filter, viewpoint);
    return { ...value, items: stored.map((row) => withBelief(row, beliefs)).filter(stays) };
  }, [value, beliefs, filter, me, now]);
  return { ...live, value: patched };
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

/** A small live list of the store, under a key of its own. */
function useList<T>(
  key: string,
  watch: (store: InboxStore, listener: Listener<readonly T[]>) => () => void,
  wanted = true,
): readonly T[] | undefined {
  const { store } = useInbox();
  return useLive<readonly T[]>(key, (next, fail) => watch(store, { next, fail }), wanted).value;
}

/** Whoever works or has worked here: only those who do may be assigned and mentioned. */
export const useAgents = (): readonly Agent[] =>
  useList<Agent>("agents", (store, listener) => store.watchAgents(listener)) ?? NOBODY;
const NOBODY: readonly Agent[] = [];

/** The templates that may be sent now; `undefined` until they are known. */
export const useTemplates = (wanted: boolean): readonly Template[] | undefined =>
  useList<Template>("templates", (store, listener) => store.watchTemplates(listener), wanted);

/** All templates and what Meta says of them. */
export function useTemplateStates(): Live<readonly TemplateState[]> {
  const { store } = useInbox();
  return useLive<readonly TemplateState[]>("template states", (next, fail) =>
    store.watchTemplateStates({ next, fail }),
  );
}

/** The notes of a conversation, the newest first. */
export const useNotes = (id: string): readonly Note[] | undefined =>
  useList<Note>(`notes ${id}`, (store, listener) => store.watchNotes(id, listener));

/** The newest notes that name this person, the newest first. */
export const useMentions = (): readonly Note[] | undefined =>
  useList<Note>("mentions", (store, listener) => store.watchMentions(listener));

/** Ids of what automations left to people, at most one more than a badge counts; `undefined` until they are known. */
export const useOpenTasks = (): readonly string[] | undefined =>
  useList<string>("open tasks", (store, listener) => store.watchOpenTasks(listener));

/** Who else has it open, as far as they have told. */
export const usePresences = (id: string): readonly Presence[] | undefined =>
  useList<Presence>(`presence ${id}`, (store, listener) => store.watchPresence(id, listener));

/** What leaves later. */
export const useScheduled = (id: string): readonly Scheduled[] | undefined =>
  useList<Scheduled>(`scheduled ${id}`, (store, listener) => store.watchScheduled(id, listener));

/** The person's other conversations. */
export const useSamePerson = (row: Conversation): readonly Conversation[] | undefined =>
  useList<Conversation>(`person ${row.id} ${row.userId} ${row.phone}`, (store, listener) =>
    store.watchSamePerson(row, listener),
  );
