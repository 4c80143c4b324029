import type { Sent } from "../../../app/webchat/send.ts";
import { type Api, type MessagesPage, type Outgoing, Refused, type VisitorMessage } from "./api.ts";
import { createChat } from "./chat.ts";
import { createConnection } from "./connection.ts";
import { createMemory } from "./memory.ts";
import type { StreamEvent } from "./sse.ts";

/** A server in memory that does what the real one promises, with a network that can be taken away. */
export function fakeServer() {
  const messages: VisitorMessage[] = [];
  const requests: Outgoing[] = [];
  const listeners = new Set<(event: StreamEvent | undefined) => void>();
  let clock = Date.UTC(2026, 10, 25, 12);
  let visitors = 0;
  const server = {
    messages,
    requests,
    online: true,
    /** Calls that were made, with a network or without. */
    attempts: 0,
    /** The next calls are refused so; then all is well. */
    refusals: [] as Refused[],
    /** What streams are refused with, for as long as it is set. */
    noStream: undefined as Refused | undefined,
    reads: [] as string[],
    identities: [] as (string | undefined)[],
    page: 30,
    say(author: "bot" | "team", text: string): void {
      clock += 1000;
      const message = { id: `m${messages.length}`, author, text, at: new Date(clock).toISOString(), read: false };
      messages.push(message);
      tell({ event: "message", data: JSON.stringify(message), id: String(clock) });
    },
    state(state: object): void {
      tell({ event: "state", data: JSON.stringify(state) });
    },
    /** Ends every stream, as the server does now and then. */
    endStreams: () => tell(undefined),
    get streams() {
      return listeners.size;
    },
  };
  const tell = (event: StreamEvent | undefined) => {
    for (const listener of [...listeners]) listener(event);
  };
  const reached = () => {
    server.attempts += 1;
    if (!server.online) throw new TypeError("Failed to fetch");
    const refusal = server.refusals.shift();
    if (refusal) throw refusal;
  };
  const api: Api = {
    async session({ token, identity }) {
      reached();
      server.identities.push(identity);
      if (identity === "wrong") throw new Refused(401, "identity_invalid", undefined);
      if (identity !== undefined) return { token: `t-${identity}`, visitor: { id: identity, identified: true } };
      visitors += token === undefined ? 1 : 0;
      const id = token ?? `anon_${visitors}`;
      return { token: id, visitor: { id, identified: false } };
    },
    async messages(_token, cursor): Promise<MessagesPage> {
      reached();
      const end = cursor === undefined ? messages.length : Number(cursor);
      const start = Math.max(0, end - server.page);
      return {
        messages: messages.slice(start, end).toReversed(),
        state: { handler: "bot", waiting: false, typing: null, seen: false, closed: false },
        streamFrom: String(clock),
        ...(start > 0 && { next: String(start) }),
      };
    },
    async send(_token, message): Promise<Sent> {
      reached();
      requests.push(message);
      const known = messages.find(({ clientMessageId }) => clientMessageId === message.clientMessageId);
      clock += 1000;
      const stored: VisitorMessage = known ?? {
        id: `m${messages.length}`,
        author: "visitor",
        text: message.text ?? "",
        at: new Date(clock).toISOString(),
        clientMessageId: message.clientMessageId,
      };
      if (!known) messages.push(stored);
      return { conversationId: "webchat_x", messageId: stored.id, reply: null, status: "pending", messages: [stored] };
    },
    async upload(_token, file) {
      reached();
      return `upload-of-${file.name}`;
    },
    async read(_token, upTo) {
      reached();
      server.reads.push(upTo);
    },
    async *stream(_token, _last, signal) {
      reached();
      if (server.noStream) throw server.noStream;
      const queue: (StreamEvent | undefined)[] = [];
      let wake: () => void = () => undefined;
      const listener = (event: StreamEvent | undefined) => {
        queue.push(event);
        wake();
      };
      listeners.add(listener);
      try {
        for (;;) {
          signal.throwIfAborted();
          const event = queue.shift();
          if (event) yield event;
          else if (queue.length === 0 && event === undefined) {
            const ended = await new Promise<boolean>((resolve) => {
              wake = () => resolve(queue[0] === undefined);
              signal.addEventListener("abort", () => resolve(true), { once: true });
            });
            if (ended) return;
          }
        }
      } finally {
        listeners.delete(listener);
      }
    },
  };
  return { server, api };
}

/** A storage that lives as long as the test. */
export function fakeStorage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as Storage;
}

/** A browser window's network, as far as the chat asks. */
export function fakeWindow() {
  const target = new EventTarget();
  const navigator = { onLine: true };
  return {
    navigator,
    addEventListener: target.addEventListener.bind(target),
    go(online: boolean) {
      navigator.onLine = online;
      target.dispatchEvent(new Event(online ? "online" : "offline"));
    },
  };
}

/** A chat on a page of its own; `storage` is what it shares with other visits. */
export function openPage(api: Api, storage: Storage = fakeStorage()) {
  const view = fakeWindow();
  let ids = 0;
  const prefix = crypto.randomUUID();
  const chat = createChat({
    api,
    memory: createMemory(() => storage),
    connect: (changed) => createConnection(view as unknown as Window, changed),
    newId: () => {
      ids += 1;
      return `${prefix}-${ids}`;
    },
    now: () => Date.UTC(2026, 10, 25, 12),
  });
  return { chat, view, storage };
}
