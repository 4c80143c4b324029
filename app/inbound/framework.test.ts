import type { AddressInfo } from "node:net";
import { type HttpFunction, http } from "@google-cloud/functions-framework";
import { getTestServer } from "@google-cloud/functions-framework/testing";
import { expect, test } from "vitest";
import { leaveDomain } from "./domain.ts";
import { keepBodiesRaw } from "./raw-bytes.ts";

async function serving(name: string, handler: HttpFunction): Promise<{ url: string; close(): Promise<unknown> }> {
  http(name, handler);
  const server = getTestServer(name);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => new Promise((resolve) => server.close(resolve)) };
}

test("bytes that are no JSON are handed over, which the framework would answer with 400", async () => {
  const bodies: unknown[] = [];
  const server = await serving("probe", (request, response) => {
    bodies.push([request.rawBody?.toString(), Buffer.isBuffer(request.body)]);
    response.end();
  });
  const post = () =>
    fetch(server.url, { method: "POST", body: "{oops", headers: { "content-type": "application/json" } });
  let stop: (() => void) | undefined;
  try {
    expect((await post()).status).toBe(400);
    stop = keepBodiesRaw();
    expect((await post()).status).toBe(200);
    expect(bodies).toEqual([["{oops", true]]);
  } finally {
    // The servers of the tests after this one, in the same process, read what they are sent.
    stop?.();
    await server.close();
  }
});

test("what a request does later is no longer tracked by the framework's domain", async () => {
  const seen: boolean[] = [];
  const tracked = () => seen.push((process as { domain?: unknown }).domain != null);
  const server = await serving("domain", async (_request, response) => {
    tracked();
    leaveDomain();
    tracked();
    await new Promise((resolve) => setImmediate(resolve));
    tracked();
    response.end();
  });
  try {
    expect((await fetch(server.url)).status).toBe(200);
    expect(seen).toEqual([true, false, false]);
  } finally {
    await server.close();
  }
});
