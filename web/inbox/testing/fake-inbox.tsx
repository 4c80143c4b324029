import type { ReactNode } from "react";
import { SavedViews } from "../conversations/saved-views.ts";
import { ApiError, type InboxApi, type SendMessage } from "../data/api.ts";
import { type Inbox, InboxContext } from "../data/inbox.ts";
import { StreamsContext } from "../data/live.ts";
import type {
  Agent,
  CannedResponse,
  Conversation,
  InboxStore,
  Listener,
  Message,
  Note,
  Presence,
  TemplateState,
} from "../data/model.ts";
import { Overlay } from "../data/overlay.ts";
import { Streams } from "../data/streams.ts";
import { OutgoingMessages } from "../messages/outgoing.ts";
import { shelf } from "../preferences/preferences.ts";
import { type SignedIn, SignedInContext } from "../session/session.ts";
import type { ChannelHealth } from "../status/health.ts";
import { NOON } from "./examples.ts";

export const ME: SignedIn = {
  person: { uid: "uid-1", email: "agente@exemplo.com", name: "Agente de Exemplo" },
  role: "agent",
  since: NOON,
  auth: {
    watch: () => () => undefined,
    signIn: () => Promise.resolve(),
    signOut: () => Promise.resolve(),
    token: () => Promise.resolve("the-token"),
    refresh: () => Promise.resolve(),
  },
};

export interface Stored {
  readonly conversations?: readonly Conversation[];
  readonly messages?: readonly Message[];
  readonly canned?: readonly CannedResponse[];
  readonly agents?: readonly Agent[];
  readonly notes?: readonly Note[];
  /** Notes that name the person at the desk, the newest first. */
  readonly mentions?: readonly Note[];
  readonly presences?: readonly Presence[];
  readonly templates?: readonly TemplateState[];
  readonly channels?: readonly ChannelHealth[];
  /** Ids. */
  readonly openTasks?: readonly string[];
  /** What the API finds, whatever is sought. */
  readonly found?: readonly Conversation[];
  /** Whose page it is. @default an agent */
  readonly me?: SignedIn;
}

export interface FakeInbox extends Inbox {
  /** What the API was asked to send. */
  readonly sent: SendMessage[];
  /** The page around what is tested. */
  readonly around: (children: ReactNode) => ReactNode;
}

function told<T>(listener: Listener<readonly T[]>, items: readonly T[]): () => void {
  listener.next(items);
  return () => undefined;
}

/** Everything the signed-in page stands on, with what is stored given beforehand and an API that does as it is told. */
export function fakeInbox(stored: Stored = {}): FakeInbox {
  const { conversations = [], messages = [], canned = [], agents = [], notes = [], presences = [] } = stored;
  const { mentions = [], templates = [], channels = [], openTasks = [], found = [], me = ME } = stored;
  const sent: SendMessage[] = [];
  const live = { more: () => undefined, look: () => undefined, stop: () => undefined };
  const store: InboxStore = {
    watchConversations: (_filter, listener) => {
      listener.next({ items: conversations, hasMore: false });
      return live;
    },
    watchMessages: (id, listener) => {
      listener.next({ items: messages.filter((message) => message.conversationId === id), hasMore: false });
      return live;
    },
    watchConversation: (id, listener) => {
      listener.next(conversations.find((row) => row.id === id));
      return () => undefined;
    },
    watchCannedResponses: (listener) => {
      listener.next(canned);
      return () => undefined;
    },
    watchTemplates: (listener) => told(listener, []),
    watchTemplateStates: (listener) => told(listener, templates),
    watchAgents: (listener) => told(listener, agents),
    watchNotes: (_id, listener) => told(listener, notes),
    watchMentions: (listener) => told(listener, mentions),
    watchOpenTasks: (listener) => told(listener, openTasks),
    watchPresence: (_id, listener) => told(listener, presences),
    watchScheduled: (_id, listener) => told(listener, []),
    watchSamePerson: (_row, listener) => told(listener, []),
    count: () => Promise.resolve(undefined),
    watchChannels: (listener) => told(listener, channels),
    views: { read: () => Promise.resolve([]), change: () => Promise.resolve() },
  };
  const done = () => Promise.resolve();
  const send = (message: SendMessage) => {
    sent.push(message);
    return Promise.resolve(`stored ${message.clientMessageId}`);
  };
  const api: InboxApi = {
    send,
    assign: done,
    setMode: done,
    setStatus: done,
    markRead: done,
    snooze: done,
    note: done,
    tellPresence: done,
    schedule: done,
    cancelScheduled: done,
    arrive: done,
    signOutEverywhere: done,
    search: () => Promise.resolve(found),
    platformFacts: () => Promise.resolve([]),
    upload: () => Promise.resolve({ uploadId: "upload-1", type: "image" }),
    fileLink: () => Promise.reject(new ApiError("attachment_pending", 409, "Not yet.")),
  };
  const outgoing = new OutgoingMessages({
    api,
    now: () => NOON,
    later: () => () => undefined,
    newId: () => `client-${sent.length + 1}`,
    toApiError: (reason) => new ApiError("page", 0, String(reason)),
  });
  const views = new SavedViews(shelf, me.person.uid, store.views);
  const inbox: Inbox = { store, api, outgoing, overlay: new Overlay(() => undefined), views };
  const streams = new Streams(() => () => undefined);
  const around = (children: ReactNode) => (
    <SignedInContext value={me}>
      <InboxContext value={inbox}>
        <StreamsContext value={streams}>{children}</StreamsContext>
      </InboxContext>
    </SignedInContext>
  );
  return { ...inbox, sent, around };
}
