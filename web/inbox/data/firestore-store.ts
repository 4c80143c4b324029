import type { FirebaseApp } from "firebase/app";
import {
  collection,
  connectFirestoreEmulator,
  type DocumentData,
  doc,
  type Firestore,
  initializeFirestore,
  limit,
  memoryLocalCache,
  onSnapshot,
  orderBy,
  type Query,
  type QueryConstraint,
  query,
  where,
} from "firebase/firestore";
import { COLLECTIONS } from "../../../app/conversations/model.ts";
import { growingPage, type Listen } from "./growing-page.ts";
import type { Conversation, ConversationFilter, InboxStore } from "./model.ts";
import { readConversation, readMessage } from "./read.ts";

/** Unread conversations are found by one field, without an index of their own; so many are listed at most. */
const UNREAD_LIMIT = 200;

/** The one file that talks to Firestore; it is loaded after sign-in, since the SDK weighs more than all the rest. */
export function firestoreStore(app: FirebaseApp, emulatorHost: string | undefined): InboxStore {
  const db = connect(app, emulatorHost);
  return {
    watchConversations(filter, listener) {
      if (filter.view === "unread") {
        const chosen = where("unread", ">", 0);
        const listen = listenTo(db, COLLECTIONS.conversations, [chosen, orderBy("unread", "desc")], readConversation);
        return growingPage(
          (size, next, fail) => listen(size, (snapshot) => next(narrowed(snapshot, filter)), fail),
          listener,
          UNREAD_LIMIT,
        );
      }
      const chosen: QueryConstraint[] = [where("status", "==", filter.view === "closed" ? "closed" : "active")];
      if (filter.channel !== undefined) chosen.push(where("channel", "==", filter.channel));
      if (filter.userType !== undefined) chosen.push(where("userType", "==", filter.userType));
      chosen.push(orderBy("lastMessageAt", "desc"));
      return growingPage(listenTo(db, COLLECTIONS.conversations, chosen, readConversation), listener);
    },
    watchMessages(conversationId, listener) {
      const chosen = [where("conversationId", "==", conversationId), orderBy("timestamp", "desc")];
      return growingPage(listenTo(db, COLLECTIONS.messages, chosen, readMessage), listener);
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
  };
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

/** Listens to a query; a document that did not change keeps its object, so that its row need not be drawn again. */
function listenTo<T>(
  db: Firestore,
  path: string,
  constraints: readonly QueryConstraint[],
  read: (id: string, data: DocumentData) => T,
): Listen<T> {
  return (size, next, fail) => {
    const chosen: Query = query(collection(db, path), ...constraints, limit(size));
    const known = new Map<string, T>();
    return onSnapshot(
      chosen,
      { includeMetadataChanges: true },
      (snapshot) => {
        for (const { type, doc } of snapshot.docChanges()) {
          if (type === "removed") known.delete(doc.id);
          else known.set(doc.id, read(doc.id, doc.data()));
        }
        const items = snapshot.docs.flatMap(({ id }) => known.get(id) ?? []);
        next({ items, fromCache: snapshot.metadata.fromCache });
      },
      fail,
    );
  };
}

/** The unread ones of a channel or persona, newest first: few enough to be sifted here. */
function narrowed<S extends { readonly items: readonly Conversation[] }>(snapshot: S, filter: ConversationFilter): S {
  const items = snapshot.items
    .filter((row) => filter.channel === undefined || row.channel === filter.channel)
    .filter((row) => filter.userType === undefined || row.userType === filter.userType)
    .sort((a, b) => b.lastMessageAt - a.lastMessageAt);
  return { ...snapshot, items };
}
