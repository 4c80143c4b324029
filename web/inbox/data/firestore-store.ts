import type { FirebaseApp } from "firebase/app";
import {
  collection,
  connectFirestoreEmulator,
  type DocumentData,
  doc,
  endAt,
  type Firestore,
  initializeFirestore,
  limit,
  memoryLocalCache,
  onSnapshot,
  or,
  orderBy,
  type Query,
  type QueryDocumentSnapshot,
  type QuerySnapshot,
  query,
  startAfter,
  where,
} from "firebase/firestore";
import { COLLECTIONS } from "../../../app/conversations/model.ts";
import { sift } from "../conversations/sift.ts";
import { readHealth } from "../status/read-health.ts";
import { type Listen, livePages, type PageSizes } from "./live-pages.ts";
import type { Conversation, ConversationFilter, InboxStore, Listener, Page } from "./model.ts";
import { readCanned, readConversation, readMessage } from "./read.ts";

/** Lists that are sifted and ordered here begin with so many: rarely are there more. */
const SIFTED_PAGES: PageSizes = { first: 200, next: 200 };
const CANNED = "canned_responses";
/** More than anybody remembers shortcuts for. */
const CANNED_LIMIT = 500;

/** The one file that talks to Firestore; it is loaded after sign-in, since the SDK weighs more than all the rest. */
export function firestoreStore(app: FirebaseApp, emulatorHost: string | undefined): InboxStore {
  const db = connect(app, emulatorHost);
  return {
    watchConversations(filter, listener) {
      const all = collection(db, COLLECTIONS.conversations);
      if (filter.view === "unread" || filter.view === "waiting") {
        const next = (page: Page<Conversation>) => listener.next({ ...page, items: sift(page.items, filter) });
        const listen = listenTo(siftedQuery(all, filter.view), readConversation);
        // Ordered here, so that a place in the list tells nothing about a page: all of them stay live.
        return { ...livePages(listen, { ...listener, next }, SIFTED_PAGES), look: () => undefined };
      }
      return livePages(listenTo(orderedQuery(all, filter), readConversation), listener);
    },
    watchMessages(conversationId, listener) {
      const ofConversation = where("conversationId", "==", conversationId);
      const newest = query(collection(db, COLLECTIONS.messages), ofConversation, orderBy("timestamp", "desc"));
      return livePages(listenTo(newest, readMessage), listener);
    },
    watchConversation: (id, listener) =>
      onSnapshot(
        doc(db, COLLECTIONS.conversations, id),
        (snapshot) => {
          const data = snapshot.data();
          if (data === undefined && snapshot.metadata.fromCache) return;
          listener.next(data === undefined ? undefined : readConversation(id, data));
        },
        listener.fail,
      ),
    watchCannedResponses: (listener) =>
      watchAll(query(collection(db, CANNED), limit(CANNED_LIMIT)), readCanned, listener),
    watchChannels: (listener) => watchAll(collection(db, COLLECTIONS.channels), readHealth, listener),
  };
}

/** A small collection as a whole; documents that are none of its kind are left out. */
function watchAll<T>(
  all: Query,
  read: (id: string, data: DocumentData) => T | undefined,
  listener: Listener<readonly T[]>,
): () => void {
  const next = (snapshot: QuerySnapshot) => {
    if (snapshot.metadata.fromCache && snapshot.empty) return;
    listener.next(snapshot.docs.flatMap((found) => read(found.id, found.data()) ?? []));
  };
  return onSnapshot(all, { includeMetadataChanges: true }, next, listener.fail);
}

/** One connection a page: the SDK refuses a second one, and it follows sign-in and sign-out by itself. */
const connections = new WeakMap<FirebaseApp, Firestore>();

function connect(app: FirebaseApp, emulatorHost: string | undefined): Firestore {
  const known = connections.get(app);
  if (known !== undefined) return known;
  // In memory only: an agent's machine keeps no customer's words after the page is closed.
  const db = initializeFirestore(app, { localCache: memoryLocalCache() });
  if (emulatorHost !== undefined) {
    const { hostname, port } = new URL(`http://${emulatorHost}`);
    connectFirestoreEmulator(db, hostname, Number(port));
  }
  connections.set(app, db);
  return db;
}

/** Listens to parts of a query; a document that did not change keeps its object, so that its row need not be drawn again. */
function listenTo<T>(all: Query, read: (id: string, data: DocumentData) => T): Listen<T, QueryDocumentSnapshot> {
  return ({ after, until, limit: count }, next, fail) => {
    const bounds = [
      ...(after === undefined ? [] : [startAfter(after)]),
      ...(until === undefined ? [] : [endAt(until)]),
      ...(count === undefined ? [] : [limit(count)]),
    ];
    const known = new Map<string, T>();
    const onChange = (snapshot: QuerySnapshot) => {
      for (const { type, doc } of snapshot.docChanges()) {
        if (type === "removed") known.delete(doc.id);
        else known.set(doc.id, read(doc.id, doc.data()));
      }
      const items = snapshot.docs.flatMap(({ id }) => known.get(id) ?? []);
      const last = snapshot.docs.at(-1);
      next({ items, fromCache: snapshot.metadata.fromCache, ...(last === undefined ? {} : { last }) });
    };
    return onSnapshot(query(all, ...bounds), { includeMetadataChanges: true }, onChange, fail);
  };
}

/** Firestore joins the indexes of single filters with the same order, so that each combination needs none of its own. */
function orderedQuery(all: Query, filter: ConversationFilter): Query {
  const chosen = [where("status", "==", filter.view === "closed" ? "closed" : "active")];
  if (filter.channel !== undefined) chosen.push(where("channel", "==", filter.channel));
  if (filter.userType !== undefined) chosen.push(where("userType", "==", filter.userType));
  return query(all, ...chosen, orderBy("lastMessageAt", "desc"));
}

/** Both stand on the index that every single field has: no composite index, at the price of ordering here. */
function siftedQuery(all: Query, view: "unread" | "waiting"): Query {
  if (view === "unread") return query(all, where("unread", ">", 0), orderBy("unread", "desc"));
  return query(all, or(where("needsPerson", "==", true), where("mode", "==", "human")));
}
