import { expect, test } from "vitest";
import type { ChannelName } from "../app/channels/channel.ts";
import type { Message } from "../app/conversations/model.ts";
import { control, idToken, newCustomer, outputs, readMessages, until } from "./support/stack.ts";

/** What customers send and people send back, through the real stack: webhook, queue, worker, bucket, API, Graph. */

async function received(channel: ChannelName, from: string, type: string, more: object = {}): Promise<Message> {
  await control("POST", "/messages", { channel, from, type, ...more });
  return until(`a file that is decided on ${channel}`, async () => {
    const [message] = await readMessages(from, channel);
    return message?.attachments?.[0]?.state === "pending" ? undefined : message;
  });
}

async function open(message: Message, token: string): Promise<Response> {
  const link = await fetch(`${outputs.apiUrl}/api/omni/attachments/${message.id}/0`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { url } = (await link.json()) as { url: string };
  return fetch(outputs.apiUrl + url);
}

test.each<[ChannelName, string, string]>([
  ["whatsapp", "image", "image/png"],
  ["whatsapp", "voice", "audio/ogg"],
  ["whatsapp", "document", "application/pdf"],
  ["facebook", "image", "image/png"],
  ["instagram", "audio", "audio/ogg"],
])("%s: a customer's %s is kept, and opens for an agent", async (channel, type, mimeType) => {
  const message = await received(channel, newCustomer(), type);
  expect(message.attachments?.[0]).toMatchObject({ state: "stored", mimeType });
  const file = await open(message, await idToken("agent"));
  expect([file.status, file.headers.get("content-type")]).toEqual([200, mimeType]);
  expect((await file.arrayBuffer()).byteLength).toBe(message.attachments?.[0]?.size);
});

test("what is no picture is refused, and says so on the message", async () => {
  const base64 = Buffer.from("MZ isto não é uma imagem").toString("base64");
  const media = { base64, mimeType: "image/jpeg" };
  const message = await received("whatsapp", newCustomer(), "image", { media });
  expect(message.attachments?.[0]).toMatchObject({ state: "failed", reason: "type_refused" });
});

test.each<ChannelName>(["whatsapp", "facebook", "instagram"])(
  "%s: an agent's file reaches the phone byte for byte",
  async (channel) => {
    const from = newCustomer();
    const bytes = await (await open(await received(channel, from, "image"), await idToken("agent"))).arrayBuffer();
    const headers = { authorization: `Bearer ${await idToken("agent")}` };
    const conversationId = `${channel}_${from}`;
    const upload = await fetch(`${outputs.apiUrl}/api/omni/attachments?conversationId=${conversationId}`, {
      method: "POST",
      headers,
      body: bytes,
    });
    const { uploadId } = (await upload.json()) as { uploadId: string };
    const sent = await fetch(`${outputs.apiUrl}/api/omni/messages`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ conversationId, uploadId, clientMessageId: `file-${from}` }),
    });
    expect((await sent.json()) as object).toMatchObject({
      status: expect.stringMatching(/^(sent|delivered)$/),
      attachments: [{ state: "stored" }],
    });
    const [atMeta] = (
      await control<{ sent: { mediaUrl: string }[] }>("GET", `/sent?channel=${channel}&to=${from}&kind=image&atLeast=1`)
    ).sent;
    expect(await (await fetch(atMeta?.mediaUrl ?? "")).arrayBuffer()).toEqual(bytes);
  },
);
