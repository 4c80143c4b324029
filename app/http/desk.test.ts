import { Timestamp } from "firebase-admin/firestore";
import { beforeEach, describe, expect, test } from "vitest";
import { COLLECTIONS, type Conversation } from "../conversations/index.ts";
import { START } from "../conversations/testing/world.ts";
import { DESK_COLLECTIONS } from "../desk/index.ts";
import { AUTOMATION_SECRET, type TestApp } from "./testing/app.ts";
import { httpStage } from "./testing/stage.ts";

const CUSTOMER = "5511900000001";
const CONVERSATION = `whatsapp_${CUSTOMER}`;
const MINUTE = 60_000;
const iso = (millis: number) => new Date(millis).toISOString();

const stage = httpStage();
let app: TestApp;

beforeEach(async () => {
  app = await stage.open();
  await app.world.customerWrites(CUSTOMER, "Oi");
});

async function post(path: string, token: string, body: unknown = {}) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const response = await fetch(stage.url + path, { method: "POST", headers, body: JSON.stringify(body) });
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}

const at = `/api/omni/conversations/${CONVERSATION}`;
const all = async (collection: string) =>
  (await app.world.db.collection(collection).get()).docs.map((document) => document.data());
const conversation = async () =>
  (await app.world.db.collection(COLLECTIONS.conversations).doc(CONVERSATION).get()).data() as Conversation;
const sweep = () => post("/api/omni/sweep/run", AUTOMATION_SECRET);

describe("who is at the desk", () => {
  test("is kept under the name that the token bears", async () => {
    expect(await post("/api/omni/agents/me", "agent")).toEqual({
      status: 200,
      body: { id: "agent-1", name: "agente@example.com" },
    });
    await post("/api/omni/agents/me", "admin");
    expect(await all(DESK_COLLECTIONS.agents)).toMatchObject([
      { id: "admin-1", name: "admin-1", role: "admin" },
      { id: "agent-1", role: "agent", email: "agente@example.com", seenAt: Timestamp.fromMillis(START) },
    ]);
  });

  test("ends their sessions everywhere, their own only, and it stays written down for pages that come back later", async () => {
    await post("/api/omni/agents/me", "agent");
    await post("/api/omni/agents/me", "admin");
    expect(await post("/api/omni/agents/me/sign-out", "agent")).toEqual({ status: 204, body: undefined });
    expect(app.staff.signedOut).toEqual(["agent-1"]);
    app.world.now += MINUTE;
    await post("/api/omni/agents/me", "agent");
    const [admin, agent] = await all(DESK_COLLECTIONS.agents);
    expect(admin).not.toHaveProperty("signedOutAt");
    expect(agent).toMatchObject({
      signedOutAt: Timestamp.fromMillis(START),
      seenAt: Timestamp.fromMillis(START + MINUTE),
    });
  });

  test("is told to colleagues, in one document however often it is renewed", async () => {
    await post(`${at}/presence`, "agent", { state: "viewing" });
    app.world.now += 1_000;
    expect(await post(`${at}/presence`, "agent", { state: "typing" })).toEqual({ status: 204, body: undefined });
    await post(`${at}/presence`, "admin", { state: "viewing" });
    const found = await all(DESK_COLLECTIONS.presence);
    expect(found).toHaveLength(2);
    expect(found).toContainEqual(
      expect.objectContaining({ uid: "agent-1", state: "typing", conversationId: CONVERSATION }),
    );
  });
});

describe("notes", () => {
  const note = { text: "Cliente antigo, cuidado com o prazo @admin", mentions: ["admin-1"], clientNoteId: "note-0001" };

  test("are kept once, beside the conversation and not in it", async () => {
    const first = await post(`${at}/notes`, "agent", note);
    expect(first.status).toBe(201);
    expect(await post(`${at}/notes`, "agent", note)).toEqual(first);
    expect(await all(DESK_COLLECTIONS.notes)).toMatchObject([
      { conversationId: CONVERSATION, author: "agent-1", text: note.text, mentions: ["admin-1"] },
    ]);
    expect((await app.world.read(CUSTOMER)).messages).toHaveLength(1);
    expect(app.world.provider.sent).toEqual([]);
  });

  test("of a conversation that is not there are refused", async () => {
    const answer = await post("/api/omni/conversations/whatsapp_1/notes", "agent", note);
    expect(answer).toMatchObject({ status: 404, body: { code: "unknown_conversation" } });
  });
});

describe("two people with the same question before them", () => {
  const send = (token: string, changes: object) =>
    post("/api/omni/messages", token, {
      conversationId: CONVERSATION,
      text: `Resposta de ${token}`,
      clientMessageId: `message-of-${token}`,
      ...changes,
    });

  test("answer once: the second is told, and may still insist", async () => {
    expect((await send("agent", { seenAt: iso(START) })).status).toBe(201);
    app.world.now += 1_000;
    const refused = await send("admin", { seenAt: iso(START) });
    expect(refused).toMatchObject({ status: 409, body: { code: "answered_meanwhile" } });
    expect(app.world.provider.sent).toHaveLength(1);
    expect((await send("admin", {})).status).toBe(201);
    expect(app.world.provider.sent).toHaveLength(2);
  });

  test("answer once also when both press at the same moment", async () => {
    const answers = await Promise.all([send("agent", { seenAt: iso(START) }), send("admin", { seenAt: iso(START) })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(app.world.provider.sent).toHaveLength(1);
  });

  test("the same person goes on writing, and repeats a request, with an old page before them", async () => {
    expect((await send("agent", { seenAt: iso(START) })).status).toBe(201);
    expect((await send("agent", { seenAt: iso(START) })).status).toBe(201);
    expect((await send("agent", { seenAt: iso(START), clientMessageId: "another-message" })).status).toBe(201);
    expect(app.world.provider.sent).toHaveLength(2);
  });
});

test("an answer quotes the message that it answers, by the provider's id", async () => {
  const asked = await app.world.customerWrites(CUSTOMER, "Quanto custa?", { providerId: "wamid.asked" });
  const body = { conversationId: CONVERSATION, text: "R$ 100", clientMessageId: "message-quoting", replyTo: asked };
  expect((await post("/api/omni/messages", "agent", body)).body).toMatchObject({ replyTo: "wamid.asked" });
  expect((await app.world.read(CUSTOMER)).rows).toMatchObject([{ replyTo: "wamid.asked", status: "sent" }]);
});

describe("putting aside", () => {
  test("keeps until when, and answering takes it up again", async () => {
    expect((await post(`${at}/snooze`, "agent", { until: iso(START + 60 * MINUTE) })).status).toBe(200);
    expect((await conversation()).snooze).toEqual({
      until: Timestamp.fromMillis(START + 60 * MINUTE),
      at: Timestamp.fromMillis(START),
      by: "agent-1",
    });
    await post("/api/omni/messages", "agent", {
      conversationId: CONVERSATION,
      text: "Voltei",
      clientMessageId: "message-snooze",
    });
    expect((await conversation()).snooze).toBeNull();
  });

  test.each([START - 1, START + 31 * 24 * 60 * MINUTE])("until %d is refused", async (until) => {
    const answer = await post(`${at}/snooze`, "agent", { until: iso(until) });
    expect(answer).toMatchObject({ status: 422, body: { code: "due_time" } });
  });
});

describe("a message for later", () => {
  const later = { text: "Bom dia! Segue o orçamento.", dueAt: iso(START + 10 * MINUTE), clientMessageId: "later-0001" };

  test("leaves when its time has come, once, and takes the conversation over then", async () => {
    const kept = await post(`${at}/schedule`, "agent", later);
    expect(kept).toMatchObject({ status: 201, body: { status: "scheduled", dueAt: later.dueAt } });
    expect(await post(`${at}/schedule`, "agent", later)).toEqual(kept);
    expect((await sweep()).body).toMatchObject({ scheduled: { sent: 0, failed: 0 } });
    expect((await conversation()).mode).toBeUndefined();
    app.world.now += 10 * MINUTE;
    const runs = await Promise.all([sweep(), sweep()]);
    expect(runs.map(({ status }) => status)).toEqual([200, 200]);
    expect((await sweep()).body).toMatchObject({ scheduled: { sent: 0, failed: 0 } });
    expect(app.world.provider.sent).toHaveLength(1);
    expect(await conversation()).toMatchObject({ mode: "human", lastMessage: later.text });
    expect(await all(DESK_COLLECTIONS.scheduled)).toMatchObject([{ status: "sent" }]);
  });

  test("does not hide what the customer wrote since", async () => {
    await post(`${at}/schedule`, "agent", later);
    app.world.now += 5 * MINUTE;
    await app.world.customerWrites(CUSTOMER, "Mudei de ideia");
    app.world.now += 5 * MINUTE;
    await sweep();
    expect(await conversation()).toMatchObject({ needsPerson: true, lastMessage: later.text });
  });

  test("can be called off, until it has left", async () => {
    const { id } = (await post(`${at}/schedule`, "agent", later)).body as { id: string };
    expect(await post(`/api/omni/scheduled/${id}/cancel`, "admin")).toMatchObject({
      status: 200,
      body: { status: "cancelled" },
    });
    app.world.now += 10 * MINUTE;
    await sweep();
    expect(app.world.provider.sent).toEqual([]);
    const other = await post(`${at}/schedule`, "agent", {
      ...later,
      clientMessageId: "later-0002",
      dueAt: iso(app.world.now + 1),
    });
    app.world.now += MINUTE;
    await sweep();
    const tooLate = await post(`/api/omni/scheduled/${(other.body as { id: string }).id}/cancel`, "agent");
    expect(tooLate).toMatchObject({ status: 409, body: { code: "already_settled" } });
  });

  test("that the window shuts out asks for a person", async () => {
    await post(`${at}/schedule`, "agent", { ...later, dueAt: iso(START + 25 * 60 * MINUTE) });
    app.world.now += 26 * 60 * MINUTE;
    expect((await sweep()).body).toMatchObject({ scheduled: { sent: 0, failed: 1 } });
    expect(await all(DESK_COLLECTIONS.scheduled)).toMatchObject([{ status: "failed", reason: "window_closed" }]);
    expect(await conversation()).toMatchObject({ needsPerson: true });
  });
});

test.each([
  ["/api/omni/agents/me", {}],
  ["/api/omni/agents/me/sign-out", {}],
  [`${at}/notes`, { text: "x", clientNoteId: "note-0001" }],
  [`${at}/presence`, { state: "typing" }],
  [`${at}/schedule`, { text: "x", dueAt: iso(START + MINUTE), clientMessageId: "later-0001" }],
  [`${at}/snooze`, { until: null }],
  [`/api/omni/scheduled/${"a".repeat(40)}/cancel`, {}],
])("%s is for staff alone", async (path, body) => {
  expect(await post(path, "customer", body)).toMatchObject({ status: 403, body: { code: "staff_only" } });
  expect((await post(path, "nobody", body)).status).toBe(401);
});
