import type { Server } from "node:http";
import { expect, test } from "vitest";
import { drain, listen, portOf } from "./lifecycle.ts";

const HERE = { host: "127.0.0.1", port: 0 };

const urlOf = (server: Server) => `http://127.0.0.1:${portOf(server)}`;

test("draining lets a request under way end, and takes no new one", async () => {
  const entered = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const server = await listen(async (_request, response) => {
    entered.resolve();
    await finish.promise;
    response.end("done");
  }, HERE);
  const url = urlOf(server);
  const answer = fetch(url);
  await entered.promise;
  const drained = drain(server, 5_000);
  await expect(fetch(url)).rejects.toThrow();
  finish.resolve();
  expect(await (await answer).text()).toBe("done");
  expect(await drained).toBe(true);
});

test("draining ends, even with a request that does not", async () => {
  const entered = Promise.withResolvers<void>();
  const server = await listen(() => entered.resolve(), HERE);
  const answer = fetch(urlOf(server));
  const cut = expect(answer).rejects.toThrow();
  await entered.promise;
  expect(await drain(server, 20)).toBe(false);
  await cut;
});

test("a port that is taken is an error", async () => {
  const server = await listen(() => undefined, HERE);
  const port = portOf(server) ?? 0;
  await expect(listen(() => undefined, { ...HERE, port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  await drain(server, 1_000);
});
