import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { firestoreForTests } from "../conversations/testing/firestore.ts";
import { handoff, reply, type World } from "../conversations/testing/world.ts";
import { nameBeginnings } from "../search/words.ts";
import type { VisitorMessage, VisitorState } from "../webchat/view.ts";
import { createApp } from "./app.ts";
import { type OpenedSession, openSession, type TestApp, testApp } from "./testing/app.ts";
import { listen, type TestServer } from "./testing/server.ts";

const store = firestoreForTests();
let app: TestApp;
let world: World;
let server: TestServer;

beforeEach(() => start());
afterEach(stop);

async function start(options: { answerWithinMs?: number } = {}): Promise<void> {
  app = testApp(store.fresh(), "http://127.0.0.1:1/certs", options);
  world = app.world;
  server = await listen(createApp(app.deps));
}

async function stop(): Promise<void> {
  app.streams.stop();
  await server[Symbol.asyncDispose]();
}

interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

async function call<T>(
  method: string,
  path: string,
  { token, body, headers }: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer<T>> {
  const response = await fetch(`${server.url}/api/omni/web/${path}`, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: (text === "" ? undefined : JSON.parse(text)) as T,
    headers: response.headers,
  };
}

interface Sent {
  readonly conversationId: string;
  readonly messageId: string;
  readonly reply: string | null;
  readonly status: string;
  readonly messages: VisitorMessage[];
}
interface History {
  readonly messages: VisitorMessage[];
  readonly state: VisitorState;
  readonly streamFrom: string;
  readonly next?: string;
}

let serial = 0;
function send({ token }: OpenedSession, text: string, more: object = {}): Promise<Answer<Sent>> {
  serial += 1;
  return call<Sent>("POST", "send", { token, body: { text, clientMessageId: `message-${serial}`, ...more } });
}
const historyOf = ({ token }: OpenedSession, query = "") => call<History>("GET", `messages${query}`, { token });
const conversationOf = async ({ visitor }: OpenedSession) =>
  (await world.db.collection("conversations").doc(`webchat_${visitor.id}`).get()).data();

describe("a visitor writes", () => {
  test("and has the answer in the same response", async () => {
    const session = await openSession(server.url);
    const sent = await send(session, "Olá!");
    expect([sent.status, sent.body]).toEqual([
      200,
      {
        conversationId: `webchat_${session.visitor.id}`,
        messageId: expect.stringMatching(/^[0-9a-f]{40}$/),
        reply: "Resposta 1",
        status: "answered",
        messages: [
          expect.objectContaining({ author: "visitor", text: "Olá!" }),
          expect.objectContaining({ author: "bot", text: "Resposta 1", read: false }),
        ],
      },
    ]);
    expect(await conversationOf(session)).toMatchObject({
      channel: "webchat",
      participants: [session.visitor.id, "omni_ia"],
      awaitingReply: false,
      inboundCount: 1,
      answeredCount: 1,
      lease: null,
    });
  });

  test("twice with one id: one message, one answer, the same response", async () => {
    const session = await openSession(server.url);
    const body = { text: "Olá!", clientMessageId: "the-same-message" };
    const [first, second] = [
      await call<Sent>("POST", "send", { token: session.token, body }),
      await call<Sent>("POST", "send", { token: session.token, body }),
    ];
    expect(second.body).toEqual(first.body);
    expect(world.asked).toHaveLength(1);
  });

  test("with somebody else's message id: both are stored", async () => {
    const body = { text: "Olá!", clientMessageId: "the-same-message" };
    const ids = [];
    for (const session of [await openSession(server.url), await openSession(server.url)]) {
      ids.push((await call<Sent>("POST", "send", { token: session.token, body })).body.messageId);
    }
    expect(new Set(ids).size).toBe(2);
  });

  test("and a slow model's answer comes by the stream, with a job that waits for it on the queue", async () => {
    await stop();
    await start({ answerWithinMs: 100 });
    const session = await openSession(server.url);
    const slow = Promise.withResolvers<void>();
    world.answer = async () => {
      await slow.promise;
      return reply("Devagar");
    };
    const sent = await send(session, "Olá!");
    expect([sent.body.reply, sent.body.status]).toEqual([null, "pending"]);
    expect(world.jobs).toEqual([{ conversationId: sent.body.conversationId, insist: true, trace: expect.any(String) }]);
    const events = await eventsOf(session, sent.body.messages[0]?.at ?? "");
    // The emulator writes a listener's first snapshot over a change that is committed while it is on its way.
    await events.next("message", (message) => message.author === "visitor");
    slow.resolve();
    expect(await events.next("message", (message) => message.author === "bot")).toMatchObject({ text: "Devagar" });
    events.close();
  });

  test("and a model that fails altogether loses nothing", async () => {
    const session = await openSession(server.url);
    world.answer = async () => {
      throw new Error("the model's client broke");
    };
    const sent = await send(session, "Olá!");
    expect([sent.status, sent.body.status]).toEqual([200, "pending"]);
    expect(world.jobs).toHaveLength(1);
    expect((await conversationOf(session))?.awaitingReply).toBe(true);
  });

  test("while a person has the conversation: stored, not answered", async () => {
    const session = await openSession(server.url);
    world.answer = async () => handoff("Vou chamar alguém.");
    expect((await send(session, "Quero um atendente")).body.status).toBe("answered");
    world.now += 1000;
    const second = await send(session, "Ainda está aí?");
    expect([second.body.reply, second.body.status]).toEqual([null, "team"]);
    expect((await historyOf(session)).body.state).toMatchObject({ handler: "team", waiting: true });
  });

  test("with the form's answers: kept beside the contact, never as it", async () => {
    const session = await openSession(server.url);
    const form = { "E-mail": "outra@example.com", Telefone: "5511999999999" };
    await send(session, "Olá!", { name: "Visitante", form });
    const conversation = await conversationOf(session);
    expect(conversation?.form).toEqual(form);
    expect(conversation?.contact).toEqual({
      name: "Visitante",
      words: nameBeginnings("Visitante"),
      seenAt: { name: expect.anything() },
    });
  });

  test.each([
    ["no text", { text: " " }],
    ["more than a message holds", { text: "a".repeat(4097) }],
    ["a message id with a slash", { clientMessageId: "a/b/c/d/e" }],
    ["a field that nobody knows", { conversationId: "webchat_somebody" }],
    ["too many form fields", { form: Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`f${n}`, "x"])) }],
  ])("%s is refused with the field's name", async (_what, change) => {
    const session = await openSession(server.url);
    const sent = await send(session, "Olá!", change);
    expect([sent.status, sent.body]).toMatchObject([400, { code: "invalid_request" }]);
    expect(await conversationOf(session)).toBeUndefined();
  });

  test("too fast is told when to come back, and another visitor is not", async () => {
    const [fast, other] = [await openSession(server.url), await openSession(server.url)];
    const statuses = [];
    for (let n = 0; n < 22; n += 1) statuses.push((await send(fast, "")).status);
    // The limit is taken before the handler's work, but after the body was checked.
    expect(new Set(statuses)).toEqual(new Set([400]));
    const texts = [];
    for (let n = 0; n < 21; n += 1) texts.push(await send(fast, `n ${n}`));
    expect(texts.filter(({ status }) => status === 200)).toHaveLength(20);
    expect(texts.at(-1)?.headers.get("retry-after")).toBe("3");
    expect((await send(other, "Olá!")).status).toBe(200);
  });
});

describe("a file", () => {
  const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489", "hex");

  async function upload({ token }: OpenedSession, bytes: Buffer): Promise<Answer<{ uploadId: string; code: string }>> {
    const response = await fetch(`${server.url}/api/omni/web/attachments?fileName=foto.png`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: new Uint8Array(bytes),
    });
    return { status: response.status, body: (await response.json()) as never, headers: response.headers };
  }

  test("is a message, with a link that needs no token", async () => {
    const session = await openSession(server.url);
    const { body, status } = await upload(session, PNG);
    expect(status).toBe(201);
    const sent = await send(session, "", { text: undefined, uploadId: body.uploadId });
    expect(sent.body.status).toBe("answered");
    const [file] = sent.body.messages[0]?.files ?? [];
    expect(file).toMatchObject({ type: "image", name: "foto.png", size: PNG.length });
    const served = await fetch(server.url + file?.url);
    expect([served.status, served.headers.get("content-type")]).toEqual([200, "image/png"]);
    expect(Buffer.from(await served.arrayBuffer())).toEqual(PNG);
    expect(world.asked[0]?.history.at(-1)?.text).toBe("[imagem]");
    // Told again, it looks the same: a page need not load its picture anew.
    expect((await historyOf(session)).body.messages.at(-1)?.files).toEqual([file]);
  });

  test("of somebody else's cannot be sent", async () => {
    const [session, other] = [await openSession(server.url), await openSession(server.url)];
    const { uploadId } = (await upload(session, PNG)).body;
    const sent = await call<{ code: string }>("POST", "send", {
      token: other.token,
      body: { uploadId, clientMessageId: "message-file" },
    });
    expect([sent.status, sent.body.code]).toEqual([422, "upload_unknown"]);
  });

  test.each([
    ["a page", Buffer.from("<html><script>alert(1)</script></html>"), 415, "file_type_refused"],
    ["a program", Buffer.from("4d5a90000300000004000000ffff", "hex"), 415, "file_type_refused"],
    ["more than 10 MB", Buffer.concat([PNG, Buffer.alloc(10 * 1024 * 1024)]), 413, "file_too_large"],
  ])("%s is refused", async (_what, bytes, status, code) => {
    const refused = await upload(await openSession(server.url), bytes);
    expect([refused.status, refused.body.code]).toEqual([status, code]);
  });

  test("and no text is nothing to send", async () => {
    const session = await openSession(server.url);
    const sent = await send(session, "", { text: undefined });
    expect([sent.status, sent.body]).toMatchObject([400, { code: "invalid_request" }]);
  });
});

describe("the history", () => {
  test("is the visitor's own, page by page", async () => {
    const [session, stranger] = [await openSession(server.url), await openSession(server.url)];
    for (const text of ["um", "dois"]) {
      await send(session, text);
      world.now += 1000;
    }
    const first = (await historyOf(session, "?limit=3")).body;
    const second = (await historyOf(session, `?limit=3&cursor=${first.next}`)).body;
    const texts = [...first.messages, ...second.messages].map(({ text }) => text);
    expect(texts).toEqual(["Resposta 2", "dois", "Resposta 1", "um"]);
    expect(second.next).toBeUndefined();
    expect((await historyOf(stranger)).body.messages).toEqual([]);
  });

  test("shows nothing that has not been said: what is being decided, what failed, notes", async () => {
    const session = await openSession(server.url);
    const { body } = await send(session, "Olá!");
    const said = world.db.collection("messages");
    const bot = (await said.doc(body.messages[1]?.id ?? "").get()).data();
    const { status: _, ...unsaid } = bot ?? {};
    for (const [index, change] of [{ status: "pending" }, { status: "failed" }, {}].entries()) {
      const id = `hidden-${index}`;
      await said.doc(id).set({ ...unsaid, ...change, id, text: "segredo" });
    }
    expect(JSON.stringify((await historyOf(session)).body)).not.toContain("segredo");
  });

  test("knows what the visitor has read", async () => {
    const session = await openSession(server.url);
    const { body } = await send(session, "Olá!");
    const upTo = body.messages[1]?.at;
    expect((await call("POST", "read", { token: session.token, body: { upTo } })).status).toBe(204);
    expect((await historyOf(session)).body.messages[0]).toMatchObject({ author: "bot", read: true });
  });
});

describe("the stream", () => {
  test("brings a person's answer, the handler, and nothing of anybody else", async () => {
    const [session, other] = [await openSession(server.url), await openSession(server.url)];
    await send(session, "Olá!");
    const events = await eventsOf(session);
    expect(await events.next("state")).toMatchObject({ handler: "bot", typing: null });
    world.now += 1000;
    await send(other, "De outra pessoa");
    const answered = await fetch(`${server.url}/api/omni/messages`, {
      method: "POST",
      headers: { authorization: "Bearer agent", "content-type": "application/json" },
      body: JSON.stringify({
        conversationId: `webchat_${session.visitor.id}`,
        text: "Aqui é uma pessoa",
        clientMessageId: "inbox-message-1",
      }),
    });
    expect(answered.status).toBe(201);
    expect(await events.next("message", ({ author }) => author === "team")).toMatchObject({
      text: "Aqui é uma pessoa",
    });
    expect(await events.next("state", ({ handler }) => handler === "team")).toMatchObject({ seen: true });
    expect(JSON.stringify(events.seen)).not.toContain("De outra pessoa");
    events.close();
  });

  test("tells that a person types, and not who", async () => {
    const session = await openSession(server.url);
    await send(session, "Olá!");
    const staff = (path: string, body: object) =>
      fetch(`${server.url}/api/omni/conversations/webchat_${session.visitor.id}/${path}`, {
        method: "POST",
        headers: { authorization: "Bearer agent", "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const events = await eventsOf(session);
    // The emulator may write a listener's first snapshot over what is committed meanwhile.
    await events.next("state");
    await staff("mode", { mode: "human" });
    await events.next("state", ({ handler }) => handler === "team");
    await staff("presence", { state: "typing" });
    await events.next("state", ({ typing }) => typing === "team");
    await staff("presence", { state: "viewing" });
    await events.last("state", ({ typing }) => typing === null);
    expect(JSON.stringify(events.seen)).not.toContain("agente@example.com");
    events.close();
  });

  test("goes on where it was left", async () => {
    const session = await openSession(server.url);
    const { body } = await send(session, "um");
    world.now += 60_000;
    await send(session, "dois");
    const events = await eventsOf(session, body.messages[1]?.at ?? "");
    expect(await events.next("message", ({ text }) => text === "Resposta 2")).toBeDefined();
    events.close();
    const later = await eventsOf(session, new Date(world.now).toISOString());
    await later.next("message", ({ text }) => text === "Resposta 2");
    expect(later.seen.map(({ data }) => (data as VisitorMessage).text)).not.toContain("um");
    later.close();
  });

  test("is bounded for each visitor, and ends when the instance goes", async () => {
    const session = await openSession(server.url);
    const tabs = await Promise.all([1, 2, 3, 4].map(() => eventsOf(session)));
    const fifth = await call<{ code: string }>("GET", "stream", { token: session.token });
    expect([fifth.status, fifth.body.code]).toEqual([429, "too_many_tabs"]);
    app.streams.stop();
    await Promise.all(tabs.map((tab) => tab.ended));
    const refused = await call<{ code: string }>("GET", "stream", { token: session.token });
    expect([refused.status, refused.body.code]).toEqual([503, "streams_full"]);
  });
});

describe("a website", () => {
  const origin = (from: string) => ({ headers: { origin: from }, body: {} });

  test("that is allowed may call", async () => {
    const { status, headers } = await call("POST", "session", origin("https://www.example.com"));
    expect([status, headers.get("access-control-allow-origin")]).toEqual([200, "https://www.example.com"]);
    const preflight = await fetch(`${server.url}/api/omni/web/send`, {
      method: "OPTIONS",
      headers: { origin: "https://www.example.com", "access-control-request-method": "POST" },
    });
    expect([preflight.status, preflight.headers.get("access-control-allow-headers")]).toEqual([
      204,
      "authorization, content-type, last-event-id",
    ]);
  });

  test("that is not is refused, and told what to do", async () => {
    const { status, body, headers } = await call("POST", "session", origin("https://other.example.com"));
    expect([status, body]).toMatchObject([
      403,
      { code: "origin_not_allowed", detail: expect.stringContaining("webchatAllowedOrigins") },
    ]);
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });

  test("of our own is always allowed", async () => {
    expect((await call("POST", "session", origin(server.url))).status).toBe(200);
  });

  test("cannot make up visitors without end", async () => {
    const from = (address: string) => ({ body: {}, headers: { "x-forwarded-for": address } });
    const statuses = [];
    for (let n = 0; n < 61; n += 1) statuses.push((await call("POST", "session", from("192.0.2.1"))).status);
    expect([statuses.filter((status) => status === 200).length, statuses.at(-1)]).toEqual([60, 429]);
    // What a caller writes into the header itself stands before what our proxy adds.
    expect((await call("POST", "session", from("198.51.100.7, 192.0.2.1"))).status).toBe(429);
    expect((await call("POST", "session", from("192.0.2.2"))).status).toBe(200);
  });
});

describe("what a website may load", () => {
  test("is the script and the chat's page, and the page only in a frame of an allowed website", async () => {
    const of = async (path: string) => (await fetch(server.url + path)).headers;
    const [script, page, other] = [await of("/widget.js"), await of("/widget/chat.html"), await of("/config.json")];
    expect(script.get("cross-origin-resource-policy")).toBe("cross-origin");
    const policy = page.get("content-security-policy") ?? "";
    expect(policy).toContain("frame-ancestors 'self' https://www.example.com;");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(page.get("x-frame-options")).toBeNull();
    expect(other.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect([other.get("x-frame-options"), other.get("cross-origin-resource-policy")]).toEqual(["DENY", "same-origin"]);
  });
});

interface Event {
  readonly event: string;
  readonly id?: string;
  readonly data: unknown;
}
type Of<Name> = Name extends "message" ? VisitorMessage : VisitorState;

/** Reads a stream as the chat does. @param since when the page last heard something, ISO 8601 */
async function eventsOf({ token }: OpenedSession, since?: string) {
  const abort = new AbortController();
  const response = await fetch(`${server.url}/api/omni/web/stream`, {
    headers: {
      authorization: `Bearer ${token}`,
      ...(since !== undefined && { "last-event-id": String(Date.parse(since)) }),
    },
    signal: abort.signal,
  });
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/event-stream; charset=utf-8"]);
  const seen: Event[] = [];
  let wake = Promise.withResolvers<void>();
  const ended = (async () => {
    let rest = "";
    const text = response.body?.pipeThrough(new TextDecoderStream()) as ReadableStream<string> | undefined;
    for await (const chunk of text ?? []) {
      const blocks = (rest + chunk).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s).slice(0, 2)));
        if (fields.event) seen.push({ event: fields.event, id: fields.id, data: JSON.parse(fields.data ?? "null") });
      }
      wake.resolve();
      wake = Promise.withResolvers<void>();
    }
  })().catch((error: unknown) => {
    if (!abort.signal.aborted) throw error;
  });
  return {
    seen,
    ended,
    close: () => abort.abort(),
    /** Waits until the latest of its kind is so. */
    async last<Name extends "message" | "state">(name: Name, is: (data: Of<Name>) => boolean) {
      for (;;) {
        const latest = seen.findLast(({ event }) => event === name);
        if (latest && is(latest.data as Of<Name>)) return;
        await wake.promise;
      }
    },
    async next<Name extends "message" | "state">(name: Name, is: (data: Of<Name>) => boolean = () => true) {
      for (;;) {
        const found = seen.find(({ event, data }) => event === name && is(data as Of<Name>));
        if (found) return found.data as Of<Name>;
        await wake.promise;
      }
    },
  };
}
