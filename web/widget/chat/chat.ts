import { type Api, type OpenedSession, Refused, type VisitorMessage, type VisitorState } from "./api.ts";
import type { Connection } from "./connection.ts";
import type { Memory } from "./memory.ts";
import { type ChatMessage, type Known, listed, type Unsent, unreadOf, withMessages } from "./messages.ts";
import { createOutbox, type Outbox } from "./outbox.ts";

/** What the page shows. */
export interface ChatState {
  /** `refused`: the server does not take this visitor; nothing will change by waiting. */
  readonly phase: "opening" | "ready" | "refused";
  readonly online: boolean;
  readonly messages: readonly ChatMessage[];
  readonly unread: number;
  readonly server: VisitorState;
  /** There are older messages than those shown. */
  readonly older: "none" | "more" | "loading";
  readonly identified: boolean;
  readonly upload?: UploadState;
}

/** The file that is on its way to the server, or could not go. */
export interface UploadState {
  readonly name: string;
  readonly problem?: "type" | "size" | "failed";
}

/** What the visitor wrote into the form. */
export interface FormAnswers {
  readonly name?: string;
  readonly form?: Readonly<Record<string, string>>;
}

export interface ChatDeps {
  readonly api: Api;
  readonly memory: Memory;
  readonly connect: (changed: () => void) => Connection;
  readonly newId: () => string;
  /** Unix milliseconds. */
  readonly now: () => number;
}

const NOTHING_YET: VisitorState = { handler: "bot", waiting: false, typing: null, seen: false, closed: false };
/** Where no stream is to be had, the messages are read this often. */
const POLL_MS = 5_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

interface Inner {
  session?: OpenedSession;
  known: Known;
  server: VisitorState;
  phase: ChatState["phase"];
  older: ChatState["older"];
  cursor?: string;
  lastEventId?: string;
  outbox?: Outbox;
  /** Written before there was a session to send with. */
  early: Unsent[];
  answers?: FormAnswers;
  upload?: UploadState;
}

/** One visitor's chat, from the first session to the last message. It outlives every loss of connection. */
export function createChat(deps: ChatDeps) {
  const { api, memory } = deps;
  const listeners = new Set<() => void>();
  const inner: Inner = { known: new Map(), server: NOTHING_YET, phase: "opening", older: "none", early: [] };
  let life = new AbortController();
  let shown = false;
  let identity: string | undefined;
  let snapshot: ChatState;
  const connection = deps.connect(() => changed());

  const draw = (): ChatState => ({
    phase: inner.phase,
    online: connection.online,
    messages: listed(
      inner.known,
      inner.outbox?.entries() ?? inner.early,
      (id) => connection.online && inner.outbox?.isUnderWay(id) === true,
    ),
    unread: unreadOf(inner.known).length,
    server: inner.server,
    older: inner.older,
    identified: inner.session?.visitor.identified ?? false,
    ...(inner.upload && { upload: inner.upload }),
  });
  const changed = () => {
    snapshot = draw();
    for (const listener of listeners) listener();
  };
  snapshot = draw();

  const learn = (messages: readonly VisitorMessage[]) => {
    const next = withMessages(inner.known, messages);
    if (next === inner.known) return;
    inner.known = next;
    changed();
    markRead();
  };

  let marking = false;
  const markRead = () => {
    const unread = unreadOf(inner.known);
    const last = unread
      .map(({ at }) => at)
      .sort()
      .at(-1);
    if (!shown || marking || last === undefined || !inner.session) return;
    marking = true;
    const { token } = inner.session;
    api.read(token, last).then(
      () => {
        marking = false;
        learn(unread.map((message) => ({ ...message, read: true })));
      },
      () => {
        marking = false; // The next message, or the next look, marks again.
      },
    );
  };

  /** The visitor's session, renewed. @throws what the API throws */
  const openSession = async (): Promise<OpenedSession> => {
    const token = memory.get<string>("token");
    const session = await api.session({
      ...(token !== undefined && { token }),
      ...(identity !== undefined && { identity }),
    });
    // A signed-in user's is not kept: the website proves who it is on every page again.
    if (!session.visitor.identified) memory.set("token", session.token);
    inner.session = session;
    return session;
  };

  const readHistory = async ({ token }: OpenedSession): Promise<void> => {
    const page = await api.messages(token);
    // Messages that were missed leave a gap to what was known, which older pages would not fill.
    const reaches = page.messages.some(({ id }) => inner.known.has(id)) || inner.known.size === 0;
    if (!reaches && page.next !== undefined) inner.known = new Map();
    if (inner.known.size === 0 || !reaches) {
      delete inner.cursor;
      if (page.next !== undefined) inner.cursor = page.next;
      inner.older = page.next === undefined ? "none" : "more";
    }
    inner.lastEventId = page.streamFrom;
    inner.server = page.state;
    inner.phase = "ready";
    learn(page.messages);
    changed();
  };

  const makeOutbox = ({ visitor }: OpenedSession): Outbox => {
    const key = `outbox-${visitor.id}`;
    return createOutbox({
      kept: memory.get<Unsent[]>(key) ?? [],
      keep: (entries) => memory.set(key, entries),
      send: async (message) => {
        const session = inner.session ?? (await openSession());
        try {
          return await api.send(session.token, message);
        } catch (error) {
          if (error instanceof Refused && error.status === 401) delete inner.session;
          throw error;
        }
      },
      sent: ({ messages }) => learn(messages),
      changed,
      reached: connection.reached,
      pause: connection.pause,
    });
  };

  /** Session, history, and then the stream, again and again until this life ends. */
  const live = async (signal: AbortSignal): Promise<void> => {
    for (let tries = 0; !signal.aborted; tries += 1) {
      try {
        if (!inner.session || inner.phase === "opening") {
          const session = await openSession();
          if (signal.aborted) return;
          await readHistory(session);
          connection.reached(true);
          inner.outbox ??= makeOutbox(session);
          inner.outbox.retry();
          for (const entry of inner.early.splice(0)) inner.outbox.add(entry);
        }
        tries = -1;
        await follow(signal);
        // The server ends a stream now and then; one that ended at once must not be asked for in a frenzy.
        await connection.pause(FIRST_WAIT_MS);
      } catch (error) {
        if (signal.aborted) return;
        if (!(await recover(error, tries))) return;
      }
    }
  };

  const follow = async (signal: AbortSignal): Promise<void> => {
    const { session } = inner;
    if (!session) return;
    const both = AbortSignal.any([signal, connection.whileOnline()]);
    for await (const { event, data, id } of api.stream(session.token, inner.lastEventId, both)) {
      connection.reached(true);
      if (id !== undefined) inner.lastEventId = id;
      if (event === "message") learn([JSON.parse(data) as VisitorMessage]);
      else if (event === "state") {
        inner.server = JSON.parse(data) as VisitorState;
        changed();
      } else if (event === "missed") await readHistory(session);
    }
  };

  /** @returns whether it makes sense to go on */
  const recover = async (error: unknown, tries: number): Promise<boolean> => {
    const refused = error instanceof Refused ? error : undefined;
    connection.reached(refused !== undefined);
    if (refused?.status === 401 && inner.session) {
      delete inner.session;
      return true;
    }
    if (refused && refused.status >= 400 && refused.status < 500 && refused.status !== 429) {
      inner.phase = "refused";
      changed();
      return false;
    }
    // No stream for now: the messages are read instead. A failure here is the next round's.
    if (refused && inner.session && inner.phase === "ready") {
      await readHistory(inner.session).catch(() => undefined);
      await connection.pause(POLL_MS);
      return true;
    }
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, tries));
    await connection.pause(wait / 2 + (Math.random() * wait) / 2);
    return true;
  };

  const post = (entry: Omit<Unsent, "clientMessageId" | "at">) => {
    const whole: Unsent = { clientMessageId: deps.newId(), at: deps.now(), ...inner.answers, ...entry };
    delete inner.answers;
    if (inner.outbox) inner.outbox.add(whole);
    else {
      inner.early.push(whole);
      changed();
    }
  };

  const restart = () => {
    life.abort();
    life = new AbortController();
    void live(life.signal);
  };

  return {
    state: () => snapshot,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Opens the chat for whoever this is. Another identity is another conversation. */
    start(next?: string) {
      identity = next;
      Object.assign(inner, { known: new Map(), server: NOTHING_YET, phase: "opening", older: "none", early: [] });
      for (const field of ["session", "cursor", "lastEventId", "outbox", "upload"] as const) delete inner[field];
      changed();
      restart();
    },
    /** The page is being looked at, or not any more. */
    show(next: boolean) {
      shown = next;
      markRead();
    },
    /** Lets go of the stream while nobody looks at the tab, and takes it up again. */
    sleep: () => life.abort(),
    wake: () => {
      if (life.signal.aborted) restart();
    },
    answer(answers: FormAnswers) {
      inner.answers = answers;
    },
    send(text: string) {
      const words = text.trim();
      if (words === "") return;
      post({ text: words });
    },
    /** Uploads a file, then sends it as a message of its own. It is not kept: a page that is left loses it. */
    async sendFile(file: File) {
      const { session } = inner;
      if (inner.upload && !inner.upload.problem) return;
      const show = (upload: UploadState | undefined) => {
        if (upload) inner.upload = upload;
        else delete inner.upload;
        changed();
      };
      if (!session) {
        show({ name: file.name, problem: "failed" });
        return;
      }
      show({ name: file.name });
      try {
        const uploadId = await api.upload(session.token, file);
        if (inner.session === session) post({ text: "", uploadId, fileName: file.name });
        show(undefined);
      } catch (error) {
        const status = error instanceof Refused ? error.status : 0;
        show({ name: file.name, problem: status === 415 ? "type" : status === 413 ? "size" : "failed" });
      }
    },
    dismissUpload() {
      delete inner.upload;
      changed();
    },
    retry: (id: string) => inner.outbox?.retry(id),
    discard: (id: string) => inner.outbox?.discard(id),
    async loadOlder() {
      const { session, cursor } = inner;
      if (!session || cursor === undefined || inner.older === "loading") return;
      inner.older = "loading";
      changed();
      try {
        const page = await api.messages(session.token, cursor);
        if (page.next === undefined) delete inner.cursor;
        else inner.cursor = page.next;
        inner.older = page.next === undefined ? "none" : "more";
        learn(page.messages);
      } catch {
        inner.older = "more"; // The button is there again.
      }
      changed();
    },
  };
}
export type Chat = ReturnType<typeof createChat>;
