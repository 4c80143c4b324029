import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterEach, expect, test } from "vitest";
import { answer, channelOfPath, expressHandlers, type ParsedRequest } from "./node.ts";
import type { Receive } from "./receive.ts";

let server: Server | undefined;
afterEach(async () => {
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
});

async function listening(handler: Parameters<typeof createServer>[1]): Promise<string> {
  server = createServer(handler);
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Tells what it was given. */
const mirror: Receive = async (asked) => ({
  status: 202,
  headers: { "content-type": "application/json", "x-test": "1" },
  body: JSON.stringify({
    method: asked.method,
    channel: asked.channel,
    query: asked.query(),
    signature: asked.header("x-hub-signature-256"),
    body: asked.rawBody?.toString("hex"),
  }),
});

test("on Express behind express.raw: the untouched bytes, whatever they are", async () => {
  const app = express();
  const { receive, handshake } = expressHandlers(mirror);
  app.get("/w", handshake("instagram"));
  app.post("/w", express.raw({ type: () => true, inflate: false }), receive("facebook"));
  const base = await listening(app);
  const answered = await fetch(`${base}/w`, {
    method: "POST",
    body: new Uint8Array([0xff, 0x00, 0x7b]),
    headers: { "x-hub-signature-256": "s", "content-type": "application/json" },
  });
  expect(answered.status).toBe(202);
  expect(answered.headers.get("content-length")).toBe(String((await answered.clone().text()).length));
  expect(await answered.json()).toMatchObject({ method: "POST", channel: "facebook", signature: "s", body: "ff007b" });
  const asked = await fetch(`${base}/w?hub.mode=subscribe&hub.challenge=1`);
  expect(await asked.json()).toMatchObject({
    method: "GET",
    channel: "instagram",
    query: { "hub.mode": "subscribe", "hub.challenge": "1" },
  });
});

test("on a bare server the query is read from the URL, and a repeated key is no string", async () => {
  const base = await listening((incoming, response) => void answer(mirror, "whatsapp", incoming, response));
  const asked = await fetch(`${base}/x?hub.mode=subscribe&a=1&a=2`);
  expect(await asked.json()).toMatchObject({ query: { "hub.mode": "subscribe", a: ["1", "2"] } });
});

test("the functions framework's rawBody comes first", async () => {
  const base = await listening((incoming, response) => {
    const parsed: ParsedRequest = Object.assign(incoming, { rawBody: Buffer.from("ab"), body: { parsed: true } });
    void answer(mirror, "whatsapp", parsed, response);
  });
  expect(await (await fetch(base, { method: "POST" })).json()).toMatchObject({ body: "6162" });
});

test.each([
  ["/whatsapp", "whatsapp"],
  ["/whatsapp/", "whatsapp"],
  ["/whatsapp?hub.mode=subscribe", "whatsapp"],
  ["/api/omni/webhook/instagram", "instagram"],
  ["/api/omni/webhook/facebook/?a=/b", "facebook"],
  ["/", ""],
  ["/other/whatsapp", ""],
  ["/api/omni/webhook/a/whatsapp", ""],
])("%s is for %j", (path, channel) => {
  expect(channelOfPath(path)).toBe(channel);
});

test("a header that comes twice is read once", async () => {
  const base = await listening((incoming, response) => void answer(mirror, "whatsapp", incoming, response));
  const { port } = new URL(base);
  const text = await new Promise<string>((resolve, reject) => {
    const call = request(
      { port, host: "127.0.0.1", method: "POST", headers: { "x-hub-signature-256": ["a", "b"] } },
      (got) => {
        got.setEncoding("utf8").on("data", resolve);
      },
    );
    call.on("error", reject).end();
  });
  expect(JSON.parse(text)).toMatchObject({ signature: "a, b" });
});
