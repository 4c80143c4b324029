import { describe, expect, test } from "vitest";
import type { OutboundText } from "./channel.ts";
import { createChannels } from "./create.ts";
import { accepted, fakeGraph, refused } from "./testing.ts";

const NOW = Date.UTC(2026, 10, 20);
const HOUR = 3_600_000;

function channelsWith(fake: ReturnType<typeof fakeGraph>) {
  return createChannels({
    graphBaseUrl: "http://127.0.0.1:9",
    graphVersion: "v26.0",
    whatsapp: { token: "wa-token", phoneId: "1001" },
    messenger: { token: "page-token", pageId: "2001" },
    instagram: { token: "page-token", accountId: "3001" },
    fetch: fake.fetch,
    now: () => NOW,
  });
}

const text: OutboundText = {
  messageId: "out-1",
  customer: "5511900000001",
  text: "Olá! Como posso ajudar?",
  lastInboundAt: NOW - HOUR,
  author: "bot",
};
const sent = { messages: [{ id: "wamid.sent" }] };

describe("WhatsApp", () => {
  test("a text goes to the number, with our id on it", async () => {
    const fake = fakeGraph(accepted(sent));
    expect(await channelsWith(fake).whatsapp.send(text)).toEqual({
      ok: true,
      providerId: "wamid.sent",
      shortened: false,
    });
    expect(fake.calls).toEqual([
      {
        url: "http://127.0.0.1:9/v26.0/1001/messages",
        authorization: "Bearer wa-token",
        body: {
          messaging_product: "whatsapp",
          recipient_type: "individual",
          to: "5511900000001",
          type: "text",
          text: { preview_url: false, body: "Olá! Como posso ajudar?" },
          biz_opaque_callback_data: "out-1",
        },
      },
    ]);
  });

  test("a template's values stand on one line each, as Meta wants them", async () => {
    const fake = fakeGraph(accepted(sent));
    const template = { name: "aviso", language: "pt_BR", parameters: ["Pintar\r\n\ta  sala", "a     b"] };
    await channelsWith(fake).whatsapp.send({ ...text, template });
    const parameters = [
      { type: "text", text: "Pintar a  sala" },
      { type: "text", text: "a b" },
    ];
    expect(fake.calls[0]?.body).toMatchObject({ template: { components: [{ type: "body", parameters }] } });
  });

  test("a business-scoped id goes into recipient, never into to", async () => {
    const fake = fakeGraph(accepted(sent));
    await channelsWith(fake).whatsapp.send({ ...text, customer: "BR.Abc123", bsuid: "BR.Abc123" });
    expect(fake.calls[0]?.body).toMatchObject({ recipient: "BR.Abc123" });
    expect(fake.calls[0]?.body).not.toHaveProperty("to");
  });

  test("a business-scoped id that has changed since is written in its newest form", async () => {
    const fake = fakeGraph(accepted(sent));
    await channelsWith(fake).whatsapp.send({ ...text, customer: "BR.Abc123", bsuid: "BR.New456" });
    expect(fake.calls[0]?.body).toMatchObject({ recipient: "BR.New456" });
  });

  test("from the number that the customer wrote to, as an answer to a message", async () => {
    const fake = fakeGraph(accepted(sent));
    await channelsWith(fake).whatsapp.send({ ...text, account: "1002", replyTo: "wamid.in" });
    expect(fake.calls[0]).toMatchObject({
      url: "http://127.0.0.1:9/v26.0/1002/messages",
      body: { context: { message_id: "wamid.in" } },
    });
  });

  test("a text that is too long is shortened, and says so", async () => {
    const fake = fakeGraph(accepted(sent));
    const result = await channelsWith(fake).whatsapp.send({ ...text, text: "Uma frase. ".repeat(500) });
    expect(result).toEqual({ ok: true, providerId: "wamid.sent", shortened: true });
    const [body = ""] = fake.texts();
    expect(body.length).toBeLessThanOrEqual(4096);
    expect(body.endsWith("Uma frase.")).toBe(true);
  });

  test.each(["bot", "person"] as const)("after 24 hours nothing is sent, whoever writes: %s", async (author) => {
    const fake = fakeGraph(accepted(sent));
    const result = await channelsWith(fake).whatsapp.send({ ...text, author, lastInboundAt: NOW - 24 * HOUR });
    expect(result).toMatchObject({ ok: false, failure: "window", code: 131047 });
    expect(fake.calls).toHaveLength(0);
  });

  test("an error of Graph's is the result", async () => {
    const fake = fakeGraph(refused(400, 131026));
    expect(await channelsWith(fake).whatsapp.send(text)).toMatchObject({
      ok: false,
      failure: "unreachable",
      code: 131026,
    });
  });

  test("accepted without an id: it may have been sent", async () => {
    const fake = fakeGraph(accepted({ messages: [] }));
    expect(await channelsWith(fake).whatsapp.send(text)).toMatchObject({ ok: false, failure: "unknown" });
  });

  test("typing marks the customer's message as read; without one there is nothing to mark", async () => {
    const fake = fakeGraph(accepted({ success: true }));
    const { whatsapp } = channelsWith(fake);
    await whatsapp.typing({ customer: "5511900000001" });
    expect(fake.calls).toHaveLength(0);
    await whatsapp.typing({ customer: "5511900000001", providerId: "wamid.in" });
    expect(fake.calls[0]?.body).toEqual({
      messaging_product: "whatsapp",
      status: "read",
      message_id: "wamid.in",
      typing_indicator: { type: "text" },
    });
  });

  test("seen marks it as read, and shows no typing", async () => {
    const fake = fakeGraph(accepted({ success: true }));
    const { whatsapp } = channelsWith(fake);
    await whatsapp.seen({ customer: "5511900000001" });
    expect(fake.calls).toHaveLength(0);
    await whatsapp.seen({ customer: "5511900000001", providerId: "wamid.in" });
    expect(fake.calls.map(({ body }) => body)).toEqual([
      { messaging_product: "whatsapp", status: "read", message_id: "wamid.in" },
    ]);
  });
});

describe.each([
  ["facebook", "http://127.0.0.1:9/v26.0/2001/messages", 2000],
  ["instagram", "http://127.0.0.1:9/v26.0/me/messages", 1000],
] as const)("%s", (name, url, limit) => {
  const message: OutboundText = { ...text, customer: "4000000000000001" };
  const answer = accepted({ recipient_id: "4000000000000001", message_id: "m_sent" });

  test("a text is a response, with our id on it", async () => {
    const fake = fakeGraph(answer);
    expect(await channelsWith(fake)[name].send(message)).toEqual({ ok: true, providerId: "m_sent", shortened: false });
    expect(fake.calls).toEqual([
      {
        url,
        authorization: "Bearer page-token",
        body: {
          recipient: { id: "4000000000000001" },
          messaging_type: "RESPONSE",
          message: { text: "Olá! Como posso ajudar?", metadata: "out-1" },
        },
      },
    ]);
  });

  test("after 24 hours a person's message carries the human-agent tag, the bot's is not sent", async () => {
    const fake = fakeGraph(answer);
    const late = { ...message, lastInboundAt: NOW - 25 * HOUR };
    const channel = channelsWith(fake)[name];
    expect(await channel.send({ ...late, author: "bot" })).toMatchObject({ ok: false, failure: "window" });
    expect(fake.calls).toHaveLength(0);
    expect(await channel.send({ ...late, author: "person" })).toMatchObject({ ok: true });
    expect(fake.calls[0]?.body).toMatchObject({ messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" });
  });

  test("a person's message within 24 hours carries no tag", async () => {
    const fake = fakeGraph(answer);
    await channelsWith(fake)[name].send({ ...message, author: "person" });
    expect(fake.calls[0]?.body).not.toHaveProperty("tag");
  });

  test("after seven days nobody can write", async () => {
    const fake = fakeGraph(answer);
    const late = { ...message, author: "person" as const, lastInboundAt: NOW - 7 * 24 * HOUR };
    expect(await channelsWith(fake)[name].send(late)).toMatchObject({ ok: false, failure: "window" });
    expect(fake.calls).toHaveLength(0);
  });

  test(`a text is cut to ${limit}`, async () => {
    const fake = fakeGraph(answer);
    const result = await channelsWith(fake)[name].send({ ...message, text: "Você está aí? ".repeat(300) });
    expect(result).toMatchObject({ ok: true, shortened: true });
    const [sentText = ""] = fake.texts();
    expect(sentText).toMatch(/\?$/);
    expect(name === "instagram" ? Buffer.byteLength(sentText) : sentText.length).toBeLessThanOrEqual(limit);
  });

  test("the name is asked for; who refuses has none, who does not answer is asked again", async () => {
    const profile = async (...answers: (() => Response)[]) =>
      channelsWith(fakeGraph(...answers))[name].profile?.("4000000000000001");
    expect(await profile(accepted({ name: "Cliente de exemplo", id: "4" }))).toEqual({
      settled: true,
      name: "Cliente de exemplo",
    });
    expect(await profile(accepted({ id: "4" }))).toEqual({ settled: true });
    expect(await profile(refused(400, 230))).toEqual({ settled: true });
    expect(await profile(refused(500, 2))).toEqual({ settled: false });
  });

  test("typing is shown, and that it was read", async () => {
    const fake = fakeGraph(answer);
    await channelsWith(fake)[name].typing({ customer: "4000000000000001" });
    expect(fake.calls.map(({ body }) => body)).toEqual([
      { recipient: { id: "4000000000000001" }, sender_action: "mark_seen" },
      { recipient: { id: "4000000000000001" }, sender_action: "typing_on" },
    ]);
    await channelsWith(fake)[name].seen({ customer: "4000000000000001" });
    expect(fake.calls[2]?.body).toEqual({ recipient: { id: "4000000000000001" }, sender_action: "mark_seen" });
    expect(fake.calls).toHaveLength(3);
  });

  test("accepted without an id: it may have been sent", async () => {
    expect(await channelsWith(fakeGraph(accepted({})))[name].send(message)).toMatchObject({ failure: "unknown" });
  });
});

test("a channel knows its window", () => {
  const { whatsapp, facebook } = channelsWith(fakeGraph());
  expect(whatsapp.window(NOW - HOUR, NOW)).toEqual({ state: "open", expiresAt: NOW + 23 * HOUR });
  expect(facebook.window(NOW - 25 * HOUR, NOW).state).toBe("person_only");
});
