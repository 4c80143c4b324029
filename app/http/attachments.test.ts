import { beforeEach, describe, expect, test } from "vitest";
import { LINK_LIFE_MS, objectOf, signedPath } from "../attachments/index.ts";
import { COLLECTIONS } from "../conversations/index.ts";
import type { TestApp } from "./testing/app.ts";
import { httpStage } from "./testing/stage.ts";

const CUSTOMER = "5511900000001";
const BYTES = Buffer.from("PNG not really, but the bucket does not mind");

const stage = httpStage();
let app: TestApp;
let messageId: string;

beforeEach(async () => {
  app = await stage.open();
  messageId = await app.world.customerWrites(CUSTOMER, "Veja");
  await withFile({ state: "stored", object: objectOf(messageId, 0), size: BYTES.length, mimeType: "image/png" });
  await keep(objectOf(messageId, 0));
});

async function withFile(fields: Record<string, unknown>) {
  const attachment = { type: "image", mediaId: "700", fileName: 'parede "1".png', ...fields };
  await app.world.db
    .collection(COLLECTIONS.messages)
    .doc(messageId)
    .update({ attachments: [attachment] });
}
async function keep(name: string) {
  const stream = (async function* () {
    yield BYTES;
  })();
  await app.bucket.write(name, stream, { contentType: "image/png", metadata: {} });
}
async function link(token: string, index = 0) {
  const response = await fetch(`${stage.url}/api/omni/attachments/${messageId}/${index}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, string>,
  };
}
const get = (path: string, headers: Record<string, string> = {}) => fetch(stage.url + path, { headers });

describe("a link to a file", () => {
  test("is given to whoever may read the message, and opens without a token", async () => {
    const { status, body } = await link("agent");
    expect(status).toBe(200);
    expect(body).toMatchObject({ mimeType: "image/png", size: BYTES.length, fileName: 'parede "1".png' });
    const file = await get(body.url ?? "");
    expect(file.status).toBe(200);
    expect(Buffer.from(await file.arrayBuffer())).toEqual(BYTES);
    expect(Object.fromEntries(file.headers)).toMatchObject({
      "content-type": "image/png",
      "content-length": String(BYTES.length),
      "content-disposition": "inline; filename*=UTF-8''parede%20%221%22.png",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "accept-ranges": "bytes",
    });
  });

  test("is for nobody else", async () => {
    expect(await link("stranger")).toMatchObject({ status: 404, body: { code: "unknown_attachment" } });
    expect(await link("nobody")).toMatchObject({ status: 401 });
    expect(await link("agent", 1)).toMatchObject({ status: 404, body: { code: "unknown_attachment" } });
  });

  test("opens a part of it: a player asks for that", async () => {
    const { body } = await link("agent");
    const part = await get(body.url ?? "", { range: "bytes=0-2" });
    expect(part.status).toBe(206);
    expect(part.headers.get("content-range")).toBe(`bytes 0-2/${BYTES.length}`);
    expect(await part.text()).toBe("PNG");
    expect((await get(body.url ?? "", { range: "bytes=5000-" })).status).toBe(416);
  });

  test("dies", async () => {
    const { body } = await link("agent");
    app.world.now += LINK_LIFE_MS;
    const late = await get(body.url ?? "");
    expect([late.status, (await late.json()) as unknown]).toMatchObject([410, { code: "link_expired" }]);
  });

  test.each([
    ["another signature", (url: string) => url.replace(/.$/, (last) => (last === "A" ? "B" : "A"))],
    ["another file", (url: string) => url.replace(/\/[^/.]+\./, `/${Buffer.from('{"o":"x"}').toString("base64url")}.`)],
    ["no signature", (url: string) => url.replace(/\.[^.]+$/, "")],
    ["nonsense", () => "/api/omni/files/a.b.c"],
    ["another secret", () => signedPath({ object: "x", contentType: "a/b", expiresAt: Date.now() * 2 }, "other")],
  ])("cannot be made by others: %s", async (_, forge) => {
    const { body } = await link("agent");
    expect((await get(forge(body.url ?? ""))).status).toBe(404);
  });
});

test("a file that is not there yet, and one that will not come, say so", async () => {
  await withFile({ state: "pending" });
  const pending = await link("agent");
  expect(pending).toMatchObject({ status: 409, body: { code: "attachment_pending" } });
  expect(pending.headers.get("retry-after")).toBe("5");
  await withFile({ state: "failed", reason: "expired" });
  expect(await link("agent")).toMatchObject({
    status: 410,
    body: { code: "attachment_unavailable", detail: "O arquivo expirou na Meta antes de ser guardado." },
  });
});

test.each(["text/html", "image/svg+xml", "application/xhtml+xml", "application/zip", "application/octet-stream"])(
  "what a browser could run, or cannot show, is only ever downloaded: %s",
  async (contentType) => {
    const object = objectOf(messageId, 0);
    const path = signedPath(
      { object, contentType, expiresAt: app.world.now + 1000 },
      app.deps.keepers.automationSecrets[1] ?? "",
    );
    const file = await get(path);
    expect(file.status).toBe(200);
    expect(file.headers.get("content-disposition")).toBe("attachment");
  },
);

test("the list of messages tells the state, and not where the bytes lie", async () => {
  const response = await get(`/api/omni/messages?conversationId=whatsapp_${CUSTOMER}`, {
    authorization: "Bearer agent",
  });
  const { messages } = (await response.json()) as { messages: { attachments: Record<string, unknown>[] }[] };
  expect(messages[0]?.attachments).toEqual([
    { type: "image", fileName: 'parede "1".png', state: "stored", size: BYTES.length, mimeType: "image/png" },
  ]);
});

test("the queue's job fetches the files of a message", async () => {
  await withFile({ state: "pending" });
  await app.world.db
    .collection(COLLECTIONS.messages)
    .doc(messageId)
    .update({ fetchAt: new Date(app.world.now) });
  const data = Buffer.from(JSON.stringify({ messageId })).toString("base64");
  const response = await fetch(`${stage.url}/tasks/replies`, {
    method: "POST",
    headers: { authorization: `Bearer ${await stage.google.token()}`, "content-type": "application/json" },
    body: JSON.stringify({ message: { data, messageId: "1" } }),
  });
  expect(response.status).toBe(204);
  const message = (await app.world.db.collection(COLLECTIONS.messages).doc(messageId).get()).data();
  expect(message).toMatchObject({ attachments: [{ state: "failed", reason: "expired" }] });
});

describe("a file of our own", () => {
  const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489", "hex");
  const conversationId = `whatsapp_${CUSTOMER}`;
  const headers = { authorization: "Bearer agent" };

  async function upload(body: Buffer, more = "") {
    const response = await fetch(`${stage.url}/api/omni/attachments?conversationId=${conversationId}${more}`, {
      method: "POST",
      headers,
      body: new Uint8Array(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
  async function send(fields: Record<string, unknown>) {
    const response = await fetch(`${stage.url}/api/omni/messages`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ conversationId, clientMessageId: "client-1", ...fields }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  test("is uploaded, sent with its caption, and shown in the conversation", async () => {
    const { status, body } = await upload(PNG, "&fileName=sala.png");
    expect([status, body]).toMatchObject([201, { type: "image", mimeType: "image/png", size: PNG.length }]);
    const { uploadId } = body;
    const sent = await send({ uploadId, text: "A sala" });
    expect(sent).toMatchObject({
      status: 201,
      body: { kind: "image", text: "A sala", status: "sent", attachments: [{ type: "image", state: "stored" }] },
    });
    expect(app.world.provider.sent).toMatchObject([{ text: "A sala", file: { kind: "image", mimeType: "image/png" } }]);
    expect((await app.world.read(CUSTOMER)).conversation.lastMessage).toBe("[imagem] A sala");
    expect(await send({ uploadId, text: "A sala" })).toMatchObject({ status: 201 });
    expect(app.world.provider.sent).toHaveLength(1);
    expect(await send({ text: "A sala" })).toMatchObject({ status: 409, body: { code: "id_taken" } });
  });

  test("is refused in words that say how to mend it", async () => {
    expect(await upload(Buffer.alloc(0))).toMatchObject({ status: 422, body: { code: "file_empty" } });
    const program = Buffer.from("4d5a90000300000004000000ffff", "hex");
    expect(await upload(program)).toMatchObject({ status: 415, body: { code: "file_type_refused" } });
    const large = Buffer.concat([PNG, Buffer.alloc(6 * 1024 * 1024)]);
    expect(await upload(large)).toMatchObject({ status: 413, body: { code: "file_too_large" } });
    const uploadId = "0b8f7c55-0f7e-4d63-8f6a-1f3d2c4b5a69";
    expect(await send({ uploadId })).toMatchObject({ status: 422, body: { code: "upload_unknown" } });
    expect(await send({})).toMatchObject({ status: 400, body: { code: "invalid_request" } });
  });
});
