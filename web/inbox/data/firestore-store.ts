import type { FirebaseApp } from "firebase/app";
import {
  arrayRemove,
  arrayUnion,
  collection,
  connectFirestoreEmulator,
  type DocumentData,
  doc,
  endAt,
  type Firestore,
  getCountFromServer,
  getDocFromServer,
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
  Timestamp,
  where,
  writeBatch,
} from "firebase/firestore";
import { COLLECTIONS } from "../../../app/conversations/model.ts";
import { DESK_COLLECTIONS } from "../../../app/desk/model.ts";
import { APPROVED, TEMPLATES } from "../../../app/templates/model.ts";
import type { ViewsStore } from "../conversations/saved-views.ts";
import { inOrder, isSifted, type SiftedView } from "../conversations/sift.ts";
import { readHealth } from "../status/read-health.ts";
import { type Listen, livePages, type PageSizes } from "./live-pages.ts";
import type { Conversation, ConversationFilter, InboxStore, Listener, Page } from "./model.ts";
import { MOMENTS } from "./moments.ts";
import {
  readAgent,
  readCanned,
  readConversation,
  readMessage,
  readNote,
  readPresence,
  readScheduled,
  readTemplate,
  readTemplateState,
  readViews,
} from "./read.ts";

/** Lists that are sifted and ordered here begin with so many: rarely are there more. */
const SIFTED_PAGES: PageSizes = { first: 200, next: 200 };
const CANNED = "canned_responses";
/** More than anybody remembers shortcuts for. */
const CANNED_LIMIT = 500;
/** Colleagues, templates, and what belongs to one conversation: more than a team has or a person reads. */
const SMALL_LIMIT = 200;
/** A badge that cannot count further says `99+`: a hundred reads when the page opens, then one for each that changes. */
const BADGE_LIMIT = 100;
/** Only new ones are told; the others stand in their conversations. */
const MENTIONS = 20;

/** The one file that talks to Firestore; it is loaded after sign-in, since the SDK weighs more than all the rest. */
export function firestoreStore(app: FirebaseApp, emulatorHost: string | undefined, me: string): InboxStore {
  const db = connect(app, emulatorHost);
  const all = collection(db, COLLECTIONS.conversations);
  /** What belongs to one conversation. */
  const beside = (name: string, conversationId: string) =>
    query(collection(db, name), where("conversationId", "==", conversationId));
  return {
    watchConversations(filter, listener) {
      if (isSifted(filter.view)) {
        const next = (page: Page<Conversation>) => listener.next({ ...page, items: inOrder(page.items, filter.view) });
        const listen = listenTo(siftedQuery(all, filter.view), readConversation);
        // Ordered here, so that a place in the list tells nothing about a page.
        return livePages(listen, { ...listener, next }, { sizes: SIFTED_PAGES, keepAll: true, ...MOMENTS });
      }
      // Few are put aside, so that the places in the list still tell the pages; of nobody's there may be few.
      const options = { keepAll: filter.holder === "none", ...MOMENTS };
      return livePages(listenTo(orderedQuery(all, filter, me), readConversation), listener, options);
    },
    async count(filter) {
      // What is sifted here is live as a whole.
      if (isSifted(filter.view) || filter.holder === "none") return undefined;
      return (await getCountFromServer(orderedQuery(all, filter, me))).data().count;
    },
    watchSamePerson({ id, userId, phone }, listener) {
      const shared = [
        ...(userId === undefined ? [] : [where("contact.userId", "==", userId)]),
        ...(phone === undefined ? [] : [where("contact.phone", "==", phone)]),
      ];
      if (shared.length === 0) {
        listener.next([]);
        return () => undefined;
      }
      const next = (rows: readonly Conversation[]) => listener.next(rows.filter((row) => row.id !== id));
      return watchAll(query(all, or(...shared), limit(SMALL_LIMIT)), readConversation, { ...listener, next });
    },
    watchAgents: (listener) =>
      watchAll(query(collection(db, DESK_COLLECTIONS.agents), limit(SMALL_LIMIT)), readAgent, listener),
    watchTemplates: (listener) =>
      watchAll(
        query(collection(db, TEMPLATES), where("status", "==", APPROVED), limit(SMALL_LIMIT)),
        readTemplate,
        listener,
      ),
    watchTemplateStates: (listener) =>
      watchAll(query(collection(db, TEMPLATES), limit(SMALL_LIMIT)), readTemplateState, listener),
    watchNotes: (id, listener) =>
      watchAll(
        query(beside(DESK_COLLECTIONS.notes, id), orderBy("createdAt", "desc"), limit(SMALL_LIMIT)),
        readNote,
        listener,
      ),
    watchMentions: (listener) =>
      watchAll(
        query(
          collection(db, DESK_COLLECTIONS.notes),
          where("mentions", "array-contains", me),
          orderBy("createdAt", "desc"),
          limit(MENTIONS),
        ),
        readNote,
        listener,
      ),
    watchOpenTasks: (listener) =>
      watchAll(
        query(collection(db, COLLECTIONS.tasks), where("status", "==", "open"), limit(BADGE_LIMIT)),
        (id) => id,
        listener,
      ),
    watchPresence: (id, listener) =>
      watchAll(query(beside(DESK_COLLECTIONS.presence, id), limit(SMALL_LIMIT)), readPresence, listener),
    watchScheduled: (id, listener) =>
      watchAll(
        query(
          beside(DESK_COLLECTIONS.scheduled, id),
          where("status", "==", "scheduled"),
          orderBy("dueAt"),
          limit(SMALL_LIMIT),
        ),
        readScheduled,
        listener,
      ),
    watchMessages(conversationId, listener) {
      const ofConversation = where("conversationId", "==", conversationId);
      const newest = query(collection(db, COLLECTIONS.messages), ofConversation, orderBy("timestamp", "desc"));
      return livePages(listenTo(newest, readMessage), listener, MOMENTS);
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
    views: viewsOf(db, me),
  };
}

/** The one document that the page writes itself: nobody else is concerned, and it waits for the network by itself. */
function viewsOf(db: Firestore, me: string): ViewsStore {
  const mine = doc(db, DESK_COLLECTIONS.views, me);
  return {
    read: async () => readViews((await getDocFromServer(mine)).data()),
    async change({ keep, drop }) {
      // Differences, not the whole: another browser of the same person may have kept one meanwhile. First the room.
      const batch = writeBatch(db);
      if (drop.length > 0) batch.set(mine, { views: arrayRemove(...drop) }, { merge: true });
      if (keep.length > 0) batch.set(mine, { views: arrayUnion(...keep) }, { merge: true });
      await batch.commit();
    },
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
function orderedQuery(all: Query, filter: ConversationFilter, me: string): Query {
  const chosen = [where("status", "==", filter.view === "closed" ? "closed" : "active")];
  if (filter.channel !== undefined) chosen.push(where("channel", "==", filter.channel));
  if (filter.userType !== undefined) chosen.push(where("userType", "==", filter.userType));
  if (filter.holder === "me") chosen.push(where("assignedTo", "==", me));
  return query(all, ...chosen, orderBy("lastMessageAt", "desc"));
}

/** All stand on the index that every single field has: no composite index, at the price of ordering here. */
function siftedQuery(all: Query, view: SiftedView): Query {
  if (view === "snoozed") return query(all, where("snooze.until", ">", Timestamp.now()), orderBy("snooze.until"));
  if (view === "unread") return query(all, where("unread", ">", 0), orderBy("unread", "desc"));
  return query(all, or(where("needsPerson", "==", true), where("mode", "==", "human")));
}
