import { Timestamp } from "firebase-admin/firestore";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ADMIN_COLLECTIONS } from "../admin/index.ts";
import { folderOf } from "../attachments/index.ts";
import { startFirestore, type TestFirestore } from "../conversations/testing/firestore.ts";
import { DESK_COLLECTIONS, recordAgent } from "../desk/index.ts";
import { createApp } from "./app.ts";
import { type TestApp, testApp } from "./testing/app.ts";
import { listen, type TestServer } from "./testing/server.ts";

let store: TestFirestore;
let db: ReturnType<TestFirestore["fresh"]>;
let app: TestApp;
let server: TestServer;

beforeAll(async () => {
  store = await startFirestore();
});
afterAll(() => store.stop());
beforeEach(async () => {
  db = store.fresh();
  app = testApp(db, "http://127.0.0.1:1/certs");
  server = await listen(createApp(app.deps));
});
afterEach(async () => {
  app.streams.stop();
  await server[Symbol.asyncDispose]();
});

async function call(method: string, path: string, body?: unknown) {
  const response = await fetch(`${server.url}/api/omni/admin${path}`, {
    method,
    headers: { authorization: "Bearer admin", "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") && !text.includes("\n");
  return { status: response.status, text, body: isJson && text !== "" ? JSON.parse(text) : undefined };
}

async function audited(): Promise<Record<string, unknown>[]> {
  return (await db.collection(ADMIN_COLLECTIONS.audit).get()).docs.map((document) => document.data());
}

describe("people at the inbox", () => {
  test("a new one gets an account, a role and a link to choose a password", async () => {
    const made = await call("POST", "/staff", { email: "nova@example.com", name: "Pessoa de exemplo", role: "agent" });
    expect(made).toMatchObject({ status: 200, body: { passwordLink: expect.stringContaining("nova%40example.com") } });
    expect((await call("GET", "/staff")).body.staff).toContainEqual({
      uid: made.body.uid,
      email: "nova@example.com",
      name: "Pessoa de exemplo",
      role: "agent",
    });
    expect(await audited()).toMatchObject([{ action: "role_changed", by: "admin-1", detail: { role: "agent" } }]);
  });

  test("a role is changed and taken away", async () => {
    await call("POST", "/staff", { email: "nova@example.com", role: "agent" });
    expect((await call("POST", "/staff", { email: "nova@example.com", role: "admin" })).body).not.toHaveProperty(
      "passwordLink",
    );
    expect((await call("POST", "/staff", { email: "nova@example.com", role: "none" })).status).toBe(200);
    expect((await call("GET", "/staff")).body.staff).toHaveLength(1);
  });

  test("who leaves takes their views along, and is no longer offered; their name stays beside what they wrote", async () => {
    const { uid } = (await call("POST", "/staff", { email: "nova@example.com", role: "agent" })).body;
    const agent = db.collection(DESK_COLLECTIONS.agents).doc(uid);
    const views = db.collection(DESK_COLLECTIONS.views).doc(uid);
    const others = db.collection(DESK_COLLECTIONS.views).doc("agent-1");
    await recordAgent(db, { uid, name: "Pessoa de exemplo", role: "agent" }, 1);
    await Promise.all([views, others].map((place) => place.set({ views: ["/?holder=me"] })));
    await call("POST", "/staff", { email: "nova@example.com", role: "admin" });
    expect((await views.get()).exists).toBe(true);
    await call("POST", "/staff", { email: "nova@example.com", role: "none" });
    expect((await views.get()).exists).toBe(false);
    expect((await others.get()).exists).toBe(true);
    const at = Timestamp.fromMillis(app.world.now);
    expect((await agent.get()).data()).toMatchObject({ name: "Pessoa de exemplo", leftAt: at, signedOutAt: at });
    await recordAgent(db, { uid, name: "Pessoa de exemplo", role: "agent" }, 2);
    expect((await agent.get()).data()).not.toHaveProperty("leftAt");
  });

  test("who never opened the inbox leaves nothing behind", async () => {
    const { uid } = (await call("POST", "/staff", { email: "nova@example.com", role: "agent" })).body;
    await call("POST", "/staff", { email: "nova@example.com", role: "none" });
    expect((await db.collection(DESK_COLLECTIONS.agents).doc(uid).get()).exists).toBe(false);
  });

  test("nobody takes their own role away", async () => {
    const refused = await call("POST", "/staff", { email: "admin@example.com", role: "agent" });
    expect(refused).toMatchObject({ status: 409, body: { code: "own_role" } });
    expect(app.staff.accounts.get("admin@example.com")?.role).toBe("admin");
  });

  test("a role is not taken from an address that has no account", async () => {
    const refused = await call("POST", "/staff", { email: "ninguem@example.com", role: "none" });
    expect(refused).toMatchObject({ status: 404, body: { code: "unknown_account" } });
  });
});

describe("ready answers", () => {
  const hours = { id: "horario", shortcut: "horario", text: "Atendemos das 8 às 18 h, {{contact.first_name}}." };

  test("are kept, changed and removed", async () => {
    expect((await call("POST", "/canned-responses", hours)).status).toBe(200);
    expect((await call("POST", "/canned-responses", { ...hours, text: "Das 9 às 17 h." })).status).toBe(200);
    const kept = await db.collection(ADMIN_COLLECTIONS.canned).get();
    expect(kept.docs.map((document) => document.data())).toMatchObject([
      { shortcut: "horario", text: "Das 9 às 17 h." },
    ]);
    expect((await call("POST", "/canned-responses/horario/delete", {})).status).toBe(204);
    expect((await db.collection(ADMIN_COLLECTIONS.canned).get()).size).toBe(0);
  });

  test("a shortcut belongs to one", async () => {
    await call("POST", "/canned-responses", hours);
    const second = await call("POST", "/canned-responses", { ...hours, id: "outro" });
    expect(second).toMatchObject({ status: 409, body: { code: "shortcut_taken" } });
  });
});

test("the settings are shown", async () => {
  expect((await call("GET", "/settings")).body).toEqual({ settings: { GEMINI_MODEL: "model-of-an-example" } });
});

describe("what is kept of a person", () => {
  const phone = "5500900000001";
  const here = `whatsapp_${phone}`;
  const elsewhere = "instagram_17800000000000001";
  const somebodyElse = "whatsapp_5500900000002";

  beforeEach(async () => {
    const at = Timestamp.fromMillis(1_700_000_000_000);
    const contact = { name: "Cliente de exemplo", phone, userId: "cliente@example.com" };
    const conversation = (id: string, who: object) =>
      db
        .collection("conversations")
        .doc(id)
        .set({ id, channel: id.split("_")[0], contact: who, lastMessageAt: at });
    const message = (id: string, conversationId: string, more: object = {}) =>
      db
        .collection("messages")
        .doc(id)
        .set({ id, conversationId, text: "Olá", timestamp: at, ...more });
    await Promise.all([
      conversation(here, contact),
      conversation(elsewhere, { userId: contact.userId }),
      conversation(somebodyElse, { phone: "5500900000002" }),
      message("m1", here, { attachments: [{ type: "image", state: "stored" }] }),
      message("m2", elsewhere),
      message("m3", somebodyElse),
      db.collection("ia_logs").doc("i1").set({ conversationId: here, prompt: "Olá" }),
      db.collection("notes").doc("n1").set({ conversationId: here, text: "Liga à tarde" }),
      app.bucket.write(`${folderOf("m1")}0`, bytes(), { contentType: "image/png", metadata: {} }),
    ]);
  });

  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield Buffer.from("png");
  }

  test("is told, over all channels of the same user", async () => {
    const { body } = await call("GET", `/people/${here}`);
    expect(body.conversations.sort()).toEqual([elsewhere, here]);
    expect(body.counts).toMatchObject({ conversations: 2, messages: 2, ia_logs: 1, notes: 1 });
  });

  test("is handed out as a line a document, and only theirs", async () => {
    const lines = (await call("GET", `/people/${here}/export`)).text.trim().split("\n");
    const ids = lines.map((line) => JSON.parse(line).id);
    expect(ids.sort()).toEqual([elsewhere, "m1", "m2", "n1", here].sort());
    expect(await audited()).toMatchObject([{ action: "person_exported", by: "admin-1" }]);
    expect(JSON.stringify(await audited())).not.toContain(phone);
  });

  test("is removed for good, files too, and nobody else's", async () => {
    const done = await call("POST", `/people/${here}/erase`, { confirm: here });
    expect(done).toMatchObject({ status: 200, body: { removed: { conversations: 2, messages: 2, notes: 1 } } });
    expect((await call("GET", `/people/${here}`)).status).toBe(404);
    expect((await db.collection("messages").get()).docs.map(({ id }) => id)).toEqual(["m3"]);
    expect(await app.bucket.stat(`${folderOf("m1")}0`)).toBeUndefined();
    expect(await audited()).toMatchObject([{ action: "person_erased", detail: { messages: 2 } }]);
  });

  test("stays when the removal is not confirmed", async () => {
    const refused = await call("POST", `/people/${here}/erase`, { confirm: elsewhere });
    expect(refused).toMatchObject({ status: 422, body: { code: "not_confirmed" } });
    expect((await call("GET", `/people/${here}`)).status).toBe(200);
  });
});
