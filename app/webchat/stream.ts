import type { ServerResponse } from "node:http";
import { type Firestore, type QuerySnapshot, Timestamp } from "firebase-admin/firestore";
import { conversationId } from "../conversations/ids.ts";
import { COLLECTIONS, type Conversation, type Message } from "../conversations/model.ts";
import { DESK_COLLECTIONS, type Presence } from "../desk/model.ts";
import type { Log } from "../telemetry/log.ts";
import { type Visitor, visitorMark } from "./session.ts";
import { type FileLinks, isTyping, stateForVisitor, TYPING_MS, viewForVisitor } from "./view.ts";

/** Cloud Run serves 80 requests at once on one instance: some are kept for what is not a stream. */
export const MOST_STREAMS = 60;
/** Tabs of one visitor. */
export const MOST_PER_VISITOR = 4;
/** Ended by us before Cloud Run's request timeout (300 s) cuts it; the page comes back with its Last-Event-ID. */
const LIFE_MS = 270_000;
/** Proxies drop what is silent for a minute; the page gives up on a stream after two of these. */
const HEARTBEAT_MS = 20_000;
/** Writers' clocks differ, and a send may end after a later message: so much is told again, and told apart by its id. */
const OVERLAP_MS = 30_000;
/** A page that has missed more than this reads the history again. */
const MOST_MISSED = 100;
/** What a page that has stopped reading may owe us. */
const MOST_BUFFERED_BYTES = 256_000;

export type StreamRefusal = "full" | "too_many_tabs" | "stopping";

export interface StreamsOptions {
  readonly db: Firestore;
  readonly log: Log;
  readonly links: FileLinks;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly lifeMs?: number;
  readonly heartbeatMs?: number;
}

export interface Streams {
  /** Why this visitor gets no stream now; undefined when there is room. */
  refusal(visitor: Visitor): StreamRefusal | undefined;
  /** Writes events until either side ends it. @param lastEventId what the page heard last */
  serve(visitor: Visitor, response: ServerResponse, lastEventId: string | undefined): void;
  /** Ends all of them, and takes no more: the instance is going. */
  stop(): void;
  readonly size: number;
}

/** Live conversations: each stream listens to one conversation in Firestore, and to nothing else. */
export function createStreams(options: StreamsOptions): Streams {
  const open = new Map<ServerResponse, string>();
  let stopping = false;
  const tabsOf = (id: string) => [...open.values()].filter((each) => each === id).length;
  return {
    get size() {
      return open.size;
    },
    refusal(visitor) {
      if (stopping) return "stopping";
      if (open.size >= MOST_STREAMS) return "full";
      return tabsOf(visitor.id) >= MOST_PER_VISITOR ? "too_many_tabs" : undefined;
    },
    serve(visitor, response, lastEventId) {
      open.set(response, visitor.id);
      const end = follow(options, visitor, response, lastEventId);
      response.once("close", () => {
        open.delete(response);
        end();
      });
    },
    stop() {
      stopping = true;
      for (const response of open.keys()) response.end();
    },
  };
}

/** @returns what stops listening */
function follow(
  { db, log, now, links, lifeMs = LIFE_MS, heartbeatMs = HEARTBEAT_MS }: StreamsOptions,
  visitor: Visitor,
  response: ServerResponse,
  lastEventId: string | undefined,
): () => void {
  const id = conversationId("webchat", visitor.id);
  let heard = heardOf(lastEventId) ?? now();
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store, no-transform",
    // Proxies that would collect the stream before they pass it on.
    "x-accel-buffering": "no",
  });
  const write = (text: string) => {
    if (response.writableEnded || response.destroyed) return;
    response.write(text);
    if (response.writableLength > MOST_BUFFERED_BYTES) response.destroy();
  };
  const tell = (event: string, data: unknown, eventId?: number) =>
    write(`${eventId === undefined ? "" : `id: ${eventId}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  write(": open\n\n");

  const tellMessages = (snapshot: QuerySnapshot) => {
    if (snapshot.size === MOST_MISSED && snapshot.docChanges().length === MOST_MISSED) tell("missed", {});
    const news = snapshot.docChanges().filter(({ type }) => type !== "removed");
    const messages = news.map(({ doc }) => doc.data() as Message).sort(byTime);
    for (const message of messages) {
      const view = viewForVisitor(message, visitor.id, links);
      heard = Math.max(heard, message.timestamp.toMillis());
      if (view) tell("message", view, heard);
    }
  };
  let conversation: Conversation | undefined;
  let presences: readonly Presence[] = [];
  let state = "";
  let typed: NodeJS.Timeout | undefined;
  const tellState = () => {
    const next = stateForVisitor(conversation, now(), isTyping(presences, now()));
    if (JSON.stringify(next) === state) return;
    state = JSON.stringify(next);
    tell("state", next);
  };
  const tellPresence = (snapshot: QuerySnapshot) => {
    presences = snapshot.docs.map((document) => document.data() as Presence);
    tellState();
    clearTimeout(typed);
    // Whoever stops without a word has stopped all the same.
    if (isTyping(presences, now())) typed = setTimeout(tellState, TYPING_MS);
  };
  const failed = (error: Error) => {
    log.warn({ err: error, visitor: visitorMark(visitor.id) }, "A visitor's stream lost its listener");
    response.end();
  };

  const stops = [
    db
      .collection(COLLECTIONS.messages)
      .where("conversationId", "==", id)
      .where("timestamp", ">=", Timestamp.fromMillis(Math.max(0, heard - OVERLAP_MS)))
      .orderBy("timestamp", "desc")
      .limit(MOST_MISSED)
      .onSnapshot(tellMessages, failed),
    db
      .collection(COLLECTIONS.conversations)
      .doc(id)
      .onSnapshot((document) => {
        conversation = document.data() as Conversation | undefined;
        tellState();
      }, failed),
    db.collection(DESK_COLLECTIONS.presence).where("conversationId", "==", id).onSnapshot(tellPresence, failed),
  ];
  const heartbeat = setInterval(() => write(": still here\n\n"), heartbeatMs);
  const life = setTimeout(() => response.end(), lifeMs);
  return () => {
    clearInterval(heartbeat);
    clearTimeout(life);
    clearTimeout(typed);
    for (const stop of stops) stop();
  };
}

/** Our own event ids are Unix milliseconds; anything else is as good as none. */
function heardOf(lastEventId: string | undefined): number | undefined {
  return lastEventId !== undefined && /^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) : undefined;
}

function byTime(one: Message, other: Message): number {
  return one.timestamp.toMillis() - other.timestamp.toMillis();
}
