import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { localPorts, requireFreePorts } from "./ports.ts";
import { createServicePorts } from "./service-ports.ts";
import { freePorts } from "./testing.ts";

test("a taken port is named, with who holds it", async () => {
  const ports = await freePorts();
  const holder = createServer().listen(ports.pubsub, "127.0.0.1");
  await once(holder, "listening");
  await expect(requireFreePorts(ports)).rejects.toMatchObject({
    code: "port_taken",
    message: expect.stringContaining(
      process.platform === "linux"
        ? `127.0.0.1:${ports.pubsub} (pubsub) is held by process ${process.pid}:`
        : `127.0.0.1:${ports.pubsub} (pubsub) is held by another process`,
    ),
  });
  holder.close();
  await once(holder, "close");
  await expect(requireFreePorts(ports)).resolves.toBeUndefined();
});

test("the first service and the first function get the promised ports, others follow, and all keep theirs", () => {
  const ports = createServicePorts(localPorts(4400));
  const ask = () => [
    ports.of("run", "api").url,
    ports.of("function", "webhook").url,
    ports.of("run", "other").port,
    ports.of("function", "other").port,
  ];
  const first = ask();
  expect(first).toEqual(["http://127.0.0.1:4400", "http://127.0.0.1:4401", 4410, 4411]);
  expect(ask()).toEqual(first);
});
