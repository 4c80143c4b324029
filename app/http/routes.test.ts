import { Timestamp } from "firebase-admin/firestore";
import { beforeEach, describe, expect, test } from "vitest";
import { COLLECTIONS } from "../conversations/index.ts";
import { START } from "../conversations/testing/world.ts";
import type { TestApp } from "./testing/app.ts";
import { httpStage } from "./testing/stage.ts";

const CUSTOMER = "5511900000001";
const CONVERSATION = `whatsapp_${CUSTOMER}`;

const stage = httpStage();
let app: TestApp;

beforeEach(async () => {
  app = await stage.open();
});

async function call(method: string, path: string, token: string, body?: unknown) {
  const response = await fetch(stage.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { "content-type": "application/json" }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
}

const push = async (path: string, data: unknown, messageId = "1") =>
  call("POST", path, await stage.google.token(), {
    message: { data: Buffer.from(JSON.stringify(data)).toString("base64"), messageId },
    subscription: "projects/demo-servio/subscriptions/replies",
  });

describe("POST /tasks/replies", () => {
  test("answers, and acknowledges with 204", async () => {
    await app.world.customerWrites(CUSTOMER, "Oi");
    expect(await push("/tasks/replies", { conversationId: CONVERSATION, trace: "a".repeat(32) })).toMatchObject({
      status: 204,
      body: undefined,
    });
    expect(app.world.provider.sent).toHaveLength(1);
    expect((await app.world.read(CUSTOMER)).messages[1]?.trace).toBe("a".repeat(32));
  });

  test("asks to be delivered again while a send is undecided", async () => {
    await app.world.customerWrites(CUSTOMER, "Oi");
    app.world.provider.results.push({ ok: false, failure: "retry", code: 2, message: "busy" });
    const answer = await push("/tasks/replies", { conversationId: CONVERSATION });
    expect([answer.status, answer.body.code, answer.headers.get("retry-after")]).toEqual([503, "not_yet", "10"]);
  });

  test.each([
    ["no JSON", Buffer.from("{").toString("base64"), "invalid_job"],
    ["no conversation", Buffer.from("{}").toString("base64"), "invalid_job"],
    ["a path for an id", Buffer.from('{"conversationId":"a/b"}').toString("base64"), "invalid_job"],
    ["no base64", "%%%", "invalid_request"],
  ])("refuses %s", async (_what, data, code) => {
    const answer = await call("POST", "/tasks/replies", await stage.google.token(), {
      message: { data, messageId: "1" },
    });
    expect([answer.status, answer.body.code]).toEqual([400, code]);
  });
});

test("POST /tasks/inbound hands the event over", async () => {
  const event = { event: { type: "message" }, trace: "t" };
  expect((await push("/tasks/inbound", event)).status).toBe(204);
  expect(app.inbound).toEqual([event]);
});

test("POST /api/omni/sweep/run queues what was left behind, once per conversation", async () => {
  await app.world.customerWrites(CUSTOMER, "Oi");
  const token = await stage.google.token();
  const nothing = {
    waiting: 0,
    unsent: 0,
    files: 0,
    published: 0,
    truncated: false,
    handedBack: 0,
    overdue: 0,
    scheduled: { sent: 0, failed: 0 },
  };
  expect((await call("POST", "/api/omni/sweep/run", token)).body).toEqual(nothing);
  app.world.now += 30_001;
  expect((await call("POST", "/api/omni/sweep/run", token)).body).toEqual({ ...nothing, waiting: 1, published: 1 });
  expect(app.world.jobs).toEqual([{ conversationId: CONVERSATION }]);
});

describe("GET /api/omni/conversations", () => {
  beforeEach(async () => {
    for (const [n, customer] of ["5511900000001", "5511900000002", "5511900000003"].entries()) {
      await app.world.customerWrites(customer, `m${n}`, { at: START + n });
    }
    const second = app.world.db.collection(COLLECTIONS.conversations).doc("whatsapp_5511900000002");
    await second.update({ participants: ["5511900000002", "omni_ia", "customer-1"], userType: "prestador" });
  });
  const ids = (body: { conversations: { id: string }[] }) => body.conversations.map(({ id }) => id.slice(-1));

  test("staff see all, the latest first, page by page", async () => {
    const first = await call("GET", "/api/omni/conversations?limit=2", "agent");
    expect([ids(first.body), typeof first.body.next]).toEqual([["3", "2"], "string"]);
    const rest = await call("GET", `/api/omni/conversations?limit=2&cursor=${first.body.next}`, "agent");
    expect([ids(rest.body), rest.body.next]).toEqual([["1"], undefined]);
  });

  test.each([
    ["agent", "?userType=prestador", ["2"]],
    ["agent", "?channel=instagram", []],
    ["agent", "?userId=customer-1", ["2"]],
    ["agent", "?status=closed", []],
    ["customer", "", ["2"]],
    ["customer", "?userId=customer-1", ["2"]],
    ["customer", "?userId=5511900000001", []],
    ["stranger", "", []],
  ])("%s %s", async (who, query, expected) => {
    const answer = await call("GET", `/api/omni/conversations${query}`, who);
    expect([answer.status, ids(answer.body)]).toEqual([200, expected]);
  });

  test("nothing internal is shown", async () => {
    const { body } = await call("GET", "/api/omni/conversations?limit=1", "agent");
    expect(Object.keys(body.conversations[0]).sort()).toEqual([
      "assignedTo",
      "channel",
      "contact",
      "id",
      "lastMessage",
      "lastMessageAt",
      "lastMessageSender",
      "mode",
      "needsPerson",
      "participants",
      "status",
      "unread",
      "updatedAt",
      "userType",
      "windowExpiresAt",
    ]);
  });

  test.each(["?limit=0", "?limit=101", "?cursor=abc", "?channel=sms", "?surprise=1"])("refuses %s", async (query) => {
    const answer = await call("GET", `/api/omni/conversations${query}`, "agent");
    expect([answer.status, answer.body.code]).toEqual([400, "invalid_request"]);
  });
});

describe("GET /api/omni/messages", () => {
  test("pages, the latest first; times that are equal are told apart by id", async () => {
    for (const text of ["a", "b", "c"]) await app.world.customerWrites(CUSTOMER, text);
    const seen: string[] = [];
    let next: string | undefined = "";
    while (next !== undefined) {
      const cursor = next === "" ? "" : `&cursor=${next}`;
      const { body } = await call("GET", `/api/omni/messages?conversationId=${CONVERSATION}&limit=1${cursor}`, "agent");
      seen.push(body.messages[0].text);
      next = body.next;
    }
    expect(seen.sort()).toEqual(["a", "b", "c"]);
  });

  test("a customer gets the same 404 for somebody else's conversation as for none", async () => {
    await app.world.customerWrites(CUSTOMER, "segredo");
    const answers = await Promise.all(
      [CONVERSATION, "whatsapp_0"].map((id) => call("GET", `/api/omni/messages?conversationId=${id}`, "customer")),
    );
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [404, "unknown_conversation"],
      [404, "unknown_conversation"],
    ]);
  });
});

describe("POST /api/omni/messages", () => {
  const message = { conversationId: CONVERSATION, text: "Olá, aqui é a equipe", clientMessageId: "client-0001" };

  test("sends, takes over, and sends nothing twice", async () => {
    await app.world.customerWrites(CUSTOMER, "Oi");
    const first = await call("POST", "/api/omni/messages", "agent", message);
    expect([first.status, first.body.status, first.body.sender]).toEqual([201, "sent", "agent-1"]);
    expect((await call("POST", "/api/omni/messages", "agent", message)).body.id).toBe(first.body.id);
    expect(app.world.provider.sent.map(({ author, text }) => [author, text])).toEqual([["person", message.text]]);
    expect((await app.world.read(CUSTOMER)).conversation).toMatchObject({
      mode: "human",
      awaitingReply: false,
      answeredCount: 1,
      unread: 0,
      assignedTo: "agent-1",
      lastMessage: message.text,
      lastMessageSender: "agent-1",
    });
  });

  describe("an approved template, when the window has closed", () => {
    const DAY = 24 * 3_600_000;
    const template = { name: "continuar", language: "pt_BR", parameters: ["Ana", "a pintura"] };
    const send = (changes: object) =>
      call("POST", "/api/omni/messages", "agent", {
        conversationId: CONVERSATION,
        clientMessageId: "client-0002",
        template,
        ...changes,
      });
    beforeEach(async () => {
      await app.world.customerWrites(CUSTOMER, "Oi", { at: START - 2 * DAY });
      await app.world.db.doc("templates/continuar_pt_BR").set({
        ...{ name: "continuar", language: "pt_BR", channel: "whatsapp", status: "APPROVED", named: false },
        ...{ body: "Olá, {{1}}! Sobre {{2}}: vamos continuar?", variables: ["1", "2"] },
      });
    });

    test("goes out, once, and stands in the conversation as the customer reads it", async () => {
      const answer = await send({});
      expect([answer.status, answer.body.text]).toEqual([201, "Olá, Ana! Sobre a pintura: vamos continuar?"]);
      expect((await send({})).body.id).toBe(answer.body.id);
      expect(app.world.provider.sent.map((one) => one.template)).toEqual([template]);
    });

    test.each([
      ["one that nobody knows", { template: { ...template, name: "outro" } }, 422, "template_unknown"],
      ["too few values", { template: { ...template, parameters: ["Ana"] } }, 422, "template_parameters"],
      ["another channel", { conversationId: "instagram_1" }, 409, "template_not_sendable"],
      ["a text beside it", { text: "Olá" }, 400, "invalid_request"],
      ["neither text nor template", { template: undefined }, 400, "invalid_request"],
      ["a text alone", { template: undefined, text: "Olá" }, 409, "window_closed"],
    ])("refuses %s", async (_what, changes, status, code) => {
      const answer = await send(changes);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
      expect(app.world.provider.sent).toEqual([]);
    });

    test("refuses one that Meta has paused", async () => {
      await app.world.db.doc("templates/continuar_pt_BR").update({ status: "PAUSED" });
      const answer = await send({});
      expect([answer.status, answer.body.code, answer.body.detail.includes("PAUSED")]).toEqual([
        409,
        "template_not_sendable",
        true,
      ]);
    });
  });

  test("a failed send is told in plain words", async () => {
    await app.world.customerWrites(CUSTOMER, "Oi");
    app.world.provider.results.push({ ok: false, failure: "channel", code: 190, message: "expired" });
    const answer = await call("POST", "/api/omni/messages", "agent", message);
    expect([answer.status, answer.body.status, answer.body.error.code]).toEqual([201, "failed", 190]);
    expect(answer.body.error.message).toContain("O canal está desconectado");
  });

  test("an undecided send is 202, and the worker is asked to look", async () => {
    await app.world.customerWrites(CUSTOMER, "Oi");
    app.world.provider.proves = false;
    app.world.provider.results.push({ ok: false, failure: "unknown", code: 0, message: "timeout" });
    const answer = await call("POST", "/api/omni/messages", "agent", message);
    expect([answer.status, answer.body.status]).toEqual([202, "sending"]);
    expect(app.world.jobs).toMatchObject([{ conversationId: CONVERSATION }]);
  });

  test("refusals", async () => {
    const send = async (body: unknown) => {
      const answer = await call("POST", "/api/omni/messages", "agent", body);
      return [answer.status, answer.body.code];
    };
    expect(await send(message)).toEqual([404, "unknown_conversation"]);
    await app.world.customerWrites(CUSTOMER, "Oi");
    expect(await send({ ...message, text: "  " })).toEqual([400, "invalid_request"]);
    expect(await send({ ...message, sender: "omni_ia" })).toEqual([400, "invalid_request"]);
    expect(await send({ ...message, conversationId: "instagram_1", text: "é".repeat(501) })).toEqual([
      422,
      "text_too_long",
    ]);
    expect(await send(message)).toEqual([201, undefined]);
    expect(await send({ ...message, text: "outro" })).toEqual([409, "id_taken"]);
    app.world.now += 86_400_000;
    expect(await send({ ...message, clientMessageId: "client-0002" })).toEqual([409, "window_closed"]);
  });
});

describe("POST /api/omni/conversations/:id/…", () => {
  const act = (name: string, body: unknown = {}) =>
    call("POST", `/api/omni/conversations/${encodeURIComponent(CONVERSATION)}/${name}`, "agent", body);

  test("assign, mode, read, close, reopen", async () => {
    await app.world.customerWrites(CUSTOMER, "Oi");
    expect((await act("assign", { assignee: "agent-9" })).body.assignedTo).toBe("agent-9");
    expect((await act("mode", { mode: "human" })).body).toMatchObject({ mode: "human", assignedTo: "agent-9" });
    expect((await act("read")).body.unread).toBe(0);
    expect(app.world.provider.seen).toEqual([(await app.world.read(CUSTOMER)).messages[0]?.providerId]);
    expect((await act("close")).body).toMatchObject({ status: "closed", mode: "bot", assignedTo: null });
    expect((await act("reopen")).body).toMatchObject({ status: "active", mode: "human", assignedTo: "agent-9" });
    expect((await act("mode", { mode: "bot" })).body).toMatchObject({ mode: "bot", assignedTo: null });
    expect((await app.world.read(CUSTOMER)).conversation).toMatchObject({
      awaitingReply: false,
      answeredCount: 1,
      botSince: Timestamp.fromMillis(START),
    });
  });

  test("refusals", async () => {
    expect((await act("close")).status).toBe(404);
    await app.world.customerWrites(CUSTOMER, "Oi");
    expect((await act("mode", { mode: "robot" })).body.code).toBe("invalid_request");
    expect((await act("close", { status: "active" })).body.code).toBe("invalid_request");
  });
});
