import { assertFails, assertSucceeds, initializeTestEnvironment } from "@firebase/rules-unit-testing";
import {
  arrayRemove,
  arrayUnion,
  collection,
  deleteDoc,
  doc,
  type Firestore,
  getDoc,
  getDocs,
  limit,
  orderBy,
  query,
  serverTimestamp,
  setDoc,
  Timestamp,
  updateDoc,
  where,
  writeBatch,
} from "firebase/firestore";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";

/**
 * The rules as the program released them on the running stack: what a browser may and may not do, by who is signed in.
 */

const outputs = inject("outputs");
const [host, port] = outputs.firestoreHost.split(":");
const environment = await initializeTestEnvironment({
  projectId: outputs.project,
  firestore: { host: host ?? "127.0.0.1", port: Number(port) },
});

/** What colleagues tell each other beside a conversation. */
const DESK = ["agents", "notes", "presence", "scheduled_messages", "tasks"] as const;

const OWN = "webchat_rules-customer";
const FOREIGN = "webchat_rules-other";

const as = (uid: string, claims: Record<string, unknown> = {}): Firestore =>
  environment.authenticatedContext(uid, claims).firestore() as unknown as Firestore;
const anonymous = (): Firestore => environment.unauthenticatedContext().firestore() as unknown as Firestore;
const customer = as("rules-customer");
const agent = as("rules-agent", { role: "agent" });
const admin = as("rules-admin", { role: "admin" });

beforeAll(async () => {
  await environment.withSecurityRulesDisabled(async (context) => {
    const db = context.firestore() as unknown as Firestore;
    for (const [id, uid] of [
      [OWN, "rules-customer"],
      [FOREIGN, "rules-other"],
    ] as const) {
      const now = Timestamp.now();
      await setDoc(doc(db, "conversations", id), {
        id,
        channel: "webchat",
        participants: [uid, "omni_ia"],
        userType: "cliente",
        lastMessage: "Exemplo",
        lastMessageAt: now,
        lastMessageSender: uid,
        status: "active",
        updatedAt: now,
      });
      await setDoc(doc(db, "messages", `${id}_first`), {
        id: `${id}_first`,
        conversationId: id,
        channel: "webchat",
        sender: uid,
        senderType: "cliente",
        text: "Exemplo",
        timestamp: now,
        isAutomation: false,
        metadata: {},
        createdAt: now,
      });
    }
    for (const name of [...DESK, "omni_logs", "ia_logs", "rejected_events", "outbox", "users"]) {
      await setDoc(doc(db, name, "rules-example"), { type: "message_processed", conversationId: OWN });
    }
  });
});

afterAll(() => environment.cleanup());

/** A message that the rules allow, as the customer of `OWN`. */
function ownMessage(id: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id,
    conversationId: OWN,
    channel: "webchat",
    sender: "rules-customer",
    senderType: "cliente",
    text: "Preciso de ajuda",
    timestamp: serverTimestamp(),
    isAutomation: false,
    metadata: {},
    createdAt: serverTimestamp(),
    ...changes,
  };
}

describe("reading", () => {
  test("a customer reads their own conversation and its messages", async () => {
    await assertSucceeds(getDoc(doc(customer, "conversations", OWN)));
    await assertSucceeds(getDoc(doc(customer, "messages", `${OWN}_first`)));
    await assertSucceeds(
      getDocs(query(collection(customer, "conversations"), where("participants", "array-contains", "rules-customer"))),
    );
    await assertSucceeds(getDocs(query(collection(customer, "messages"), where("conversationId", "==", OWN))));
  });

  test("a customer cannot read another's, by name or by query", async () => {
    await assertFails(getDoc(doc(customer, "conversations", FOREIGN)));
    await assertFails(getDoc(doc(customer, "messages", `${FOREIGN}_first`)));
    await assertFails(getDocs(query(collection(customer, "messages"), where("conversationId", "==", FOREIGN))));
    await assertFails(getDocs(query(collection(customer, "conversations"), limit(10))));
    await assertFails(getDocs(query(collection(customer, "messages"), limit(10))));
  });

  test("nobody reads without signing in", async () => {
    await assertFails(getDoc(doc(anonymous(), "conversations", OWN)));
    await assertFails(getDoc(doc(anonymous(), "messages", `${OWN}_first`)));
    await assertFails(getDoc(doc(anonymous(), "channels", "whatsapp")));
  });

  test.each([
    ["agent", agent],
    ["admin", admin],
  ])("an %s reads every conversation, live list and all", async (_role, db) => {
    await assertSucceeds(getDocs(query(collection(db, "conversations"), orderBy("lastMessageAt", "desc"), limit(50))));
    await assertSucceeds(getDocs(query(collection(db, "messages"), where("conversationId", "==", FOREIGN))));
    await assertSucceeds(getDoc(doc(db, "channels", "whatsapp")));
    await assertSucceeds(getDoc(doc(db, "templates", "followup_48h_pt_BR")));
  });

  test.each(["omni_logs", "ia_logs", "rejected_events"])("%s are an admin's only", async (name) => {
    await assertSucceeds(getDoc(doc(admin, name, "rules-example")));
    await assertFails(getDoc(doc(agent, name, "rules-example")));
    await assertFails(getDoc(doc(customer, name, "rules-example")));
  });

  test.each(DESK)("%s are the staff's, never a customer's, though it is their own conversation", async (name) => {
    for (const db of [agent, admin]) {
      await assertSucceeds(getDoc(doc(db, name, "rules-example")));
      await assertSucceeds(getDocs(query(collection(db, name), where("conversationId", "==", OWN))));
    }
    for (const db of [customer, anonymous()]) {
      await assertFails(getDoc(doc(db, name, "rules-example")));
      await assertFails(getDocs(query(collection(db, name), where("conversationId", "==", OWN))));
    }
  });

  test.each(["outbox", "users", "automation_sends", "anything"])("%s is closed to every browser", async (name) => {
    for (const db of [admin, agent, customer, anonymous()]) await assertFails(getDoc(doc(db, name, "rules-example")));
  });

  test.each(["Admin", "", "owner", null, ["admin"], true])("a role claim of %j opens nothing", async (role) => {
    const db = as("rules-stranger", { role });
    await assertFails(getDoc(doc(db, "conversations", OWN)));
    await assertFails(getDoc(doc(db, "omni_logs", "rules-example")));
  });
});

describe("writing a message", () => {
  const write = (db: Firestore, id: string, changes: Record<string, unknown> = {}): Promise<void> =>
    setDoc(doc(db, "messages", id), ownMessage(id, changes));

  test("a customer writes as themselves in their own conversation", async () => {
    await assertSucceeds(write(customer, "rules-allowed"));
  });

  test.each<[string, Record<string, unknown>]>([
    ["as the bot", { sender: "omni_ia" }],
    ["with the bot's type", { senderType: "bot" }],
    ["with an admin's type", { senderType: "admin" }],
    ["as another customer", { sender: "rules-other" }],
    ["in another's conversation", { conversationId: FOREIGN }],
    ["in a conversation that is not there", { conversationId: "webchat_nobody" }],
    ["on another channel", { channel: "whatsapp" }],
    ["as an automation", { isAutomation: true }],
    ["with a field of ours", { status: "read" }],
    ["with metadata", { metadata: { phone_number_id: "1" } }],
    ["under another's id", { id: "rules-elsewhere" }],
    ["with a time of their own", { timestamp: Timestamp.fromMillis(Date.now() + 3_600_000) }],
    ["without text", { text: "" }],
    ["with a text of 4097 characters", { text: "a".repeat(4097) }],
    ["with a text that is none", { text: 7 }],
  ])("a customer cannot write %s", async (title, changes) => {
    await assertFails(write(customer, `rules-refused-${title.replaceAll(" ", "-")}`, changes));
  });

  test("an account whose id is the bot's name cannot speak as the bot", async () => {
    await environment.withSecurityRulesDisabled((context) =>
      updateDoc(doc(context.firestore() as unknown as Firestore, "conversations", FOREIGN), {
        participants: ["rules-other", "omni_ia"],
      }),
    );
    const impostor = as("omni_ia");
    await assertFails(write(impostor, "rules-impostor", { sender: "omni_ia", conversationId: FOREIGN }));
  });

  test("a signed-in stranger and an anonymous visitor cannot write", async () => {
    await assertFails(write(as("rules-stranger"), "rules-stranger", { sender: "rules-stranger" }));
    await assertFails(write(anonymous(), "rules-anonymous"));
  });

  test("nobody changes or removes a message, not even an admin", async () => {
    for (const db of [customer, agent, admin]) {
      await assertFails(updateDoc(doc(db, "messages", `${OWN}_first`), { text: "outro" }));
      await assertFails(deleteDoc(doc(db, "messages", `${OWN}_first`)));
    }
  });
});

describe("views of the list that somebody keeps", () => {
  const place = (db: Firestore, uid: string) => doc(db, "saved_views", uid);
  const other = as("rules-other-agent", { role: "agent" });
  const view = "/?view=waiting&channel=whatsapp&holder=none";

  test.each([
    ["agent", agent, "rules-agent"],
    ["admin", admin, "rules-admin"],
  ])("an %s writes and reads their own, as the page does: by differences, in one batch", async (_role, db, uid) => {
    await assertSucceeds(getDoc(place(db, uid)));
    await assertSucceeds(setDoc(place(db, uid), { views: arrayUnion(view, "/?holder=me") }, { merge: true }));
    const batch = writeBatch(db);
    batch.set(place(db, uid), { views: arrayRemove(view) }, { merge: true });
    batch.set(place(db, uid), { views: arrayUnion("/") }, { merge: true });
    await assertSucceeds(batch.commit());
    expect((await getDoc(place(db, uid))).data()).toEqual({ views: ["/?holder=me", "/"] });
  });

  test("nobody reads or writes another's, an admin neither; nobody lists or removes them", async () => {
    await setDoc(place(agent, "rules-agent"), { views: [view] });
    for (const db of [other, admin, customer, anonymous()]) {
      await assertFails(getDoc(place(db, "rules-agent")));
      await assertFails(setDoc(place(db, "rules-agent"), { views: [] }));
      await assertFails(setDoc(place(db, "rules-agent"), { views: arrayUnion("/") }, { merge: true }));
    }
    for (const db of [agent, admin, customer, anonymous()]) {
      await assertFails(getDocs(collection(db, "saved_views")));
      await assertFails(deleteDoc(place(db, "rules-agent")));
    }
  });

  test.each([
    ["a customer", "rules-customer", {}],
    ["somebody whose role was taken away", "rules-left", { role: "" }],
    ["somebody with a role that is none", "rules-stranger", { role: "owner" }],
  ])("%s keeps none, not even under their own name", async (_who, uid, claims) => {
    const db = as(uid, claims);
    await assertFails(getDoc(place(db, uid)));
    await assertFails(setDoc(place(db, uid), { views: [] }));
  });

  const full = Array.from({ length: 12 }, (_, index) => `/?view=${index}`);

  test("twelve of 200 characters are kept, the thirteenth is refused", async () => {
    await assertSucceeds(setDoc(place(agent, "rules-agent"), { views: full.map((each) => each.padEnd(200, "x")) }));
    await assertSucceeds(setDoc(place(agent, "rules-agent"), { views: full }));
    await assertFails(setDoc(place(agent, "rules-agent"), { views: arrayUnion("/?view=12") }, { merge: true }));
  });

  test.each<[string, Record<string, unknown>]>([
    ["thirteen views", { views: [...full, "/"] }],
    ["a view of 201 characters", { views: ["/".padEnd(201, "x")] }],
    ["a last view that is too long", { views: [...full.slice(0, 11), "/".padEnd(201, "x")] }],
    ["a view that is no text", { views: [...full.slice(0, 11), 7] }],
    ["a view that is a map", { views: [{ address: "/" }] }],
    ["an empty view", { views: [""] }],
    ["views that are no list", { views: view }],
    ["a field of their own", { views: [], note: "x" }],
    ["no views at all", {}],
  ])("%s cannot be kept", async (_what, data) => {
    await assertFails(setDoc(place(agent, "rules-agent"), data));
  });
});

describe("writing anything else", () => {
  test.each([
    "conversations",
    "channels",
    "omni_logs",
    "ia_logs",
    "outbox",
    "users",
    "canned_responses",
    "templates",
    "saved_views",
    ...DESK,
  ])("%s: no browser writes", async (name) => {
    for (const db of [customer, agent, admin, anonymous()]) {
      await assertFails(setDoc(doc(db, name, "rules-written"), { mode: "human" }));
    }
  });

  test("a customer cannot take over their own conversation", async () => {
    await assertFails(updateDoc(doc(customer, "conversations", OWN), { mode: "human" }));
    await assertFails(updateDoc(doc(customer, "conversations", OWN), { participants: ["rules-customer", "x"] }));
  });
});
