import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterEach, expect, test } from "vitest";
import { serveWebhooks } from "./routes/webhook.ts";

const PATH = "/api/omni/webhook/whatsapp";
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A webhook that answers when told, with room for two deliveries and 1,000 bytes. */
async function webhook() {
  const finish: (() => void)[] = [];
  const app = express();
  const handlers = {
    handshake: () => (_request: express.Request, response: express.Response) => void response.send(""),
    receive: () => (_request: express.Request, response: express.Response) => {
      finish.push(() => void response.send("EVENT_RECEIVED"));
    },
  };
  serveWebhooks(app, handlers, { requests: 2, bytes: 1_000 });
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const post = (bytes: number) =>
    fetch(`http://127.0.0.1:${port}${PATH}`, { method: "POST", body: new Uint8Array(bytes) });
  return { server, port, post, finish };
}

async function settled(answers: readonly Promise<Response>[]) {
  return Promise.all(answers.map(async (answer) => (await answer).status));
}

test("what does not fit is told to come again, in seconds, and then fits", async () => {
  const { post, finish } = await webhook();
  const first = [post(100), post(100)];
  await expect.poll(() => finish.length).toBe(2);
  const refused = await post(100);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
  expect((await refused.json()) as object).toMatchObject({ code: "too_many_in_flight" });
  for (const answer of finish.splice(0)) answer();
  expect(await settled(first)).toEqual([200, 200]);
  const later = post(100);
  await expect.poll(() => finish.length).toBe(1);
  finish[0]?.();
  expect((await later).status).toBe(200);
});

test("large bodies are refused before they are read, by what their senders say", async () => {
  const { port, post, finish } = await webhook();
  const first = post(900);
  await expect.poll(() => finish.length).toBe(1);
  // Nothing of the body is ever sent: the answer does not wait for it.
  const request = httpRequest({ port, path: PATH, method: "POST", headers: { "content-length": 500 } });
  request.flushHeaders();
  const [response] = (await once(request, "response")) as [{ statusCode: number }];
  expect(response.statusCode).toBe(503);
  request.destroy();
  finish[0]?.();
  expect((await first).status).toBe(200);
});

test("a sender who goes away makes room", async () => {
  const { server, port, post, finish } = await webhook();
  const left = httpRequest({ port, path: PATH, method: "POST", headers: { "content-length": 990 } });
  left.flushHeaders();
  await once(server, "request");
  expect((await post(100)).status).toBe(503);
  left.on("error", () => undefined).destroy();
  const answers: Promise<Response>[] = [];
  await expect
    .poll(() => {
      if (finish.length === 0) answers.push(post(100));
      return finish.length;
    })
    .toBeGreaterThan(0);
  for (const answer of finish) answer();
  await Promise.allSettled(answers);
});
