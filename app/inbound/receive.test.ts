import { describe, expect, test } from "vitest";
import { received } from "../channels/shapes/whatsapp-bodies.ts";
import { MAX_BODY_BYTES } from "./receive.ts";
import { setUp } from "./testing/receiving.ts";
import { delivery, handshake, SECRET, TOKEN } from "./testing/requests.ts";

const TEXT = received(1, { type: "text", text: { body: "Preciso de ajuda" } });
const STORED = "conversations/whatsapp_5511900000001";

describe("handshake", () => {
  const asked = { "hub.mode": "subscribe", "hub.verify_token": TOKEN, "hub.challenge": "1158201444" };

  test.each(["whatsapp", "instagram", "facebook"])("%s: the challenge comes back as plain text", async (channel) => {
    expect(await setUp().receive(handshake(asked, channel))).toEqual({
      status: 200,
      headers: { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" },
      body: "1158201444",
    });
  });

  test.each([
    ["another token", { ...asked, "hub.verify_token": "x" }],
    ["no token", { "hub.mode": "subscribe", "hub.challenge": "1" }],
    ["a token twice", { ...asked, "hub.verify_token": [TOKEN, TOKEN] }],
    ["another mode", { ...asked, "hub.mode": "unsubscribe" }],
    ["no challenge", { "hub.mode": "subscribe", "hub.verify_token": TOKEN }],
    ["nothing", {}],
  ])("%s: 403", async (_, query) => {
    const answer = await setUp().receive(handshake(query));
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.body)).toMatchObject({ code: "handshake_refused" });
  });

  test("an empty token in the list opens nothing", async () => {
    const { receive } = setUp({ verifyTokens: [""] });
    expect((await receive(handshake({ ...asked, "hub.verify_token": "" }))).status).toBe(403);
  });
});

describe("a delivery", () => {
  test("is stored, queued for an answer, logged and acknowledged", async () => {
    const { receive, port, jobs, lines } = setUp();
    expect(await receive(delivery(TEXT))).toMatchObject({ status: 200, body: "EVENT_RECEIVED" });
    expect(port.documents.get(STORED)).toMatchObject({ lastMessage: "Preciso de ajuda", inboundCount: 1, unread: 1 });
    expect(jobs).toEqual([{ conversationId: "whatsapp_5511900000001", trace: expect.stringMatching(/^[\da-f]{32}$/) }]);
    expect(lines).toEqual([
      expect.objectContaining({
        severity: "INFO",
        event: "message_received",
        channel: "whatsapp",
        conversationId: "whatsapp_5511900000001",
        account: "100000000000002",
        providerId: "wamid.1",
        delivery: "stored",
        status: 200,
        latencyMs: 0,
        message: '[Omni WA] Mensagem de 5511900000001: "Preciso de ajuda"',
      }),
    ]);
  });

  test("that comes again is acknowledged and changes nothing; the log has its message once", async () => {
    const { receive, port, lines } = setUp();
    for (let time = 0; time < 5; time += 1) expect((await receive(delivery(TEXT))).status).toBe(200);
    expect(port.documents.get(STORED)).toMatchObject({ inboundCount: 1, unread: 1 });
    expect(lines.map((line) => line.event)).toEqual(["message_received", ...Array(4).fill("webhook_delivery")]);
  });

  test("has what was answered on exactly one of its lines, whatever it holds", async () => {
    const { receive, lines } = setUp();
    const texts = [1, 2].map((number) => received(number, { type: "text", text: { body: "Oi" } }));
    const entry = texts.flatMap((text) => (text as { entry: unknown[] }).entry);
    await receive(delivery({ object: "whatsapp_business_account", entry }));
    expect(lines.map(({ event, delivery, status }) => ({ event, delivery, status }))).toEqual([
      { event: "message_received", delivery: "stored", status: 200 },
      { event: "message_received", delivery: undefined, status: undefined },
    ]);
    lines.length = 0;
    await receive(delivery({ object: "whatsapp_business_account", entry }));
    expect(lines).toMatchObject([{ event: "webhook_delivery", delivery: "stored", status: 200, events: 2 }]);
    lines.length = 0;
    await receive(delivery(TEXT, { secret: "falso" }));
    expect(lines).toMatchObject([{ event: "webhook_rejected", delivery: "rejected", status: 401 }]);
  });

  test("keeps the caller's trace", async () => {
    const { receive, jobs } = setUp();
    const trace = "0af7651916cd43dd8448eb211c80319c";
    const request = delivery(TEXT);
    await receive({
      ...request,
      header: (name) => (name === "traceparent" ? `00-${trace}-b7ad6b7169203331-01` : request.header(name)),
    });
    expect(jobs[0]?.trace).toBe(trace);
  });

  test("with long words is logged in part, and a picture by what it is", async () => {
    const { receive, lines } = setUp();
    await receive(delivery(received(2, { type: "text", text: { body: "a".repeat(300) } })));
    await receive(delivery(received(3, { type: "image", image: { id: "1" } })));
    expect(lines.map((line) => line.message)).toEqual([
      `[Omni WA] Mensagem de 5511900000001: "${"a".repeat(200)}..."`,
      '[Omni WA] Mensagem de 5511900000001: "[image]"',
    ]);
  });

  test("at the wrong channel's URL is read as what it is", async () => {
    const { receive, port } = setUp();
    await receive(delivery(TEXT, { channel: "facebook" }));
    expect(port.documents.has(STORED)).toBe(true);
  });

  test.each([
    ["newest", SECRET],
    ["older", "antigo"],
  ])("signed with the %s secret is accepted", async (_, secret) => {
    expect((await setUp().receive(delivery(TEXT, { secret }))).status).toBe(200);
  });
});

describe("refuses", () => {
  test("what Meta has not signed, as an event of its own", async () => {
    const { receive, port, lines } = setUp();
    const answer = await receive(delivery(TEXT, { secret: "falso" }));
    expect(answer.status).toBe(401);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(JSON.parse(answer.body)).toMatchObject({ status: 401, code: "signature_invalid" });
    expect(lines).toEqual([
      expect.objectContaining({ event: "webhook_rejected", channel: "whatsapp", severity: "WARNING" }),
    ]);
    expect(port.documents.size).toBe(0);
  });

  test("a body that was changed after it was signed", async () => {
    const request = delivery(TEXT);
    expect((await setUp().receive({ ...request, rawBody: Buffer.from("{}") })).status).toBe(401);
  });

  test("no body at all", async () => {
    expect((await setUp().receive({ ...delivery(TEXT), rawBody: undefined })).status).toBe(401);
  });

  test("more than 4 MB, before anything is computed", async () => {
    const { receive, lines } = setUp();
    const answer = await receive(delivery(Buffer.alloc(MAX_BODY_BYTES + 1)));
    expect(answer.status).toBe(413);
    expect(lines).toEqual([]);
  });

  test("another channel and another method", async () => {
    const { receive } = setUp();
    expect((await receive(delivery(TEXT, { channel: "telegram" }))).status).toBe(404);
    expect((await receive(delivery(TEXT, { channel: "webchat" }))).status).toBe(404);
    const answer = await receive(delivery(TEXT, { method: "PUT" }));
    expect(answer).toMatchObject({ status: 405, headers: { allow: "GET, POST" } });
  });
});

describe("signed nonsense is acknowledged and kept", () => {
  test.each([
    ["no JSON", Buffer.from("{oops"), "json_malformed"],
    ["nothing", Buffer.from(""), "json_malformed"],
    ["another shape", Buffer.from('{"a":1}'), "envelope_not_understood"],
    ["another object", Buffer.from('{"object":"user","entry":[]}'), "object_not_expected"],
  ])("%s", async (_, body, reason) => {
    const { receive, port, lines } = setUp();
    expect((await receive(delivery(body))).status).toBe(200);
    const [kept] = [...port.documents].map(([key, data]) => ({ key, data }));
    expect(kept?.key).toMatch(/^rejected_events\/[\da-f]{40}$/);
    expect(kept?.data).toMatchObject({ channel: "whatsapp", reason, raw: body.toString() });
    expect(lines).toEqual([expect.objectContaining({ event: "event_not_understood", reason })]);
  });
});
