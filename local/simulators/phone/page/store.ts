import type { MetaChannelName } from "../../../../app/channels/channel.ts";
import type { stateOf } from "../../control/state.ts";
import type { Bubble, Conversation, LogLine } from "../../world.ts";

export type { Bubble, Conversation, LogLine, MetaChannelName };
export type State = ReturnType<typeof stateOf>;
export const CHANNELS = ["whatsapp", "facebook", "instagram"] as const satisfies readonly MetaChannelName[];

/** More than a person plays; a load test must not drown the page. */
const MAX_CONVERSATIONS = 120;
const MAX_LOG = 80;

export interface Store {
  /** By `channel:customer`. */
  readonly conversations: Map<string, Conversation>;
  readonly typing: Set<string>;
  readonly unread: Map<string, number>;
  log: LogLine[];
  state: State | undefined;
  selected: string | undefined;
  /** Whether the stream of events is there. */
  online: boolean;
}

export function createStore(): Store {
  return {
    conversations: new Map(),
    typing: new Set(),
    unread: new Map(),
    log: [],
    state: undefined,
    selected: undefined,
    online: false,
  };
}

export function keyOf(about: { channel: MetaChannelName; customer: string }): string {
  return `${about.channel}:${about.customer}`;
}

/** Follows the simulators' events; calls `changed` after each, however many come. */
export function follow(store: Store, changed: () => void): void {
  const source = new EventSource("/control/events");
  const on = (name: string, apply: (data: never) => void) =>
    source.addEventListener(name, (event) => {
      apply(JSON.parse((event as MessageEvent<string>).data) as never);
      changed();
    });
  source.onopen = () => {
    store.online = true;
    changed();
  };
  source.onerror = () => {
    store.online = false;
    changed();
  };
  on("snapshot", (data: { conversations: Conversation[]; log: LogLine[]; state: State }) => {
    store.conversations.clear();
    for (const conversation of data.conversations) store.conversations.set(keyOf(conversation), conversation);
    store.log = data.log;
    store.state = data.state;
  });
  on("conversation", (data: Conversation) => keep(store, data));
  on("bubble", (data: Bubble) => say(store, data));
  on("typing", (data: { channel: MetaChannelName; customer: string; on: boolean }) => {
    if (data.on) store.typing.add(keyOf(data));
    else store.typing.delete(keyOf(data));
  });
  on("log", (line: LogLine) => {
    store.log = [...store.log, line].slice(-MAX_LOG);
  });
  on("state", (state: State) => {
    store.state = state;
  });
}

function keep(store: Store, conversation: Conversation): void {
  const key = keyOf(conversation);
  const known = store.conversations.get(key);
  store.conversations.set(key, { ...conversation, bubbles: known?.bubbles ?? conversation.bubbles });
  if (store.conversations.size <= MAX_CONVERSATIONS) return;
  const oldest = [...store.conversations.keys()].find((each) => each !== store.selected && each !== key);
  if (oldest !== undefined) store.conversations.delete(oldest);
}

function say(store: Store, bubble: Bubble): void {
  const key = keyOf(bubble);
  const conversation = store.conversations.get(key);
  if (!conversation) return;
  const index = conversation.bubbles.findIndex((each) => each.id === bubble.id);
  if (index >= 0) {
    conversation.bubbles[index] = bubble;
    return;
  }
  conversation.bubbles.push(bubble);
  if (bubble.author === "customer") conversation.lastInboundAt = Math.max(conversation.lastInboundAt ?? 0, bubble.at);
  if (bubble.author === "business" && (store.selected !== key || document.hidden)) {
    store.unread.set(key, (store.unread.get(key) ?? 0) + 1);
  }
}

/** Newest first; those without a message keep the order they were made in. */
export function inOrder(store: Store): Conversation[] {
  return [...store.conversations.values()].sort((a, b) => (b.bubbles.at(-1)?.at ?? 0) - (a.bubbles.at(-1)?.at ?? 0));
}
