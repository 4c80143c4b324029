import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freePort } from "../testing.ts";
import { type Link, openLink } from "./link.ts";

let echo: Server;
let link: Link;
let port: number;

beforeEach(async () => {
  echo = createServer((socket) => socket.on("error", () => socket.destroy()).pipe(socket)).listen(0, "127.0.0.1");
  await once(echo, "listening");
  port = await freePort();
  link = await openLink(port, (echo.address() as AddressInfo).port);
});
afterEach(async () => {
  await link.close();
  echo.close();
});

async function open(): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port });
  await once(socket, "connect");
  return socket;
}

async function answer(socket: Socket): Promise<string> {
  const [chunk] = await once(socket, "data");
  return String(chunk);
}

test("passes everything on, both ways", async () => {
  const socket = await open();
  socket.write("hello");
  expect(await answer(socket)).toBe("hello");
});

test("down: open connections break, new ones too, until it is mended", async () => {
  const socket = await open();
  socket.write("hello");
  await answer(socket);
  const broken = once(socket, "error");
  link.setFault({ mode: "down" });
  expect((await broken)[0]).toMatchObject({ code: "ECONNRESET" });
  const [error] = await once(connect({ host: "127.0.0.1", port }), "error");
  expect(error).toMatchObject({ code: "ECONNRESET" });
  link.setFault(undefined);
  const again = await open();
  again.write("again");
  expect(await answer(again)).toBe("again");
});

test("hang: nothing arrives, and nothing is lost when it is mended", async () => {
  const socket = await open();
  link.setFault({ mode: "hang" });
  socket.write("one");
  const arrived = answer(socket);
  const early = await Promise.race([arrived, new Promise((done) => setTimeout(() => done("nothing"), 50))]);
  expect(early).toBe("nothing");
  link.setFault(undefined);
  expect(await arrived).toBe("one");
});

test("delay: both ways are slow", async () => {
  const socket = await open();
  link.setFault({ mode: "delay", delayMs: 30 });
  const began = performance.now();
  socket.write("slow");
  expect(await answer(socket)).toBe("slow");
  expect(performance.now() - began).toBeGreaterThanOrEqual(58);
});
