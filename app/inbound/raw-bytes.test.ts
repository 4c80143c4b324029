import type { AddressInfo } from "node:net";
import { http } from "@google-cloud/functions-framework";
import { getTestServer } from "@google-cloud/functions-framework/testing";
import { expect, test } from "vitest";
import { keepBodiesRaw } from "./raw-bytes.ts";

test("the functions framework hands over bytes that are no JSON, which it would answer with 400", async () => {
  const bodies: unknown[] = [];
  http("probe", (request, response) => {
    bodies.push([request.rawBody?.toString(), Buffer.isBuffer(request.body)]);
    response.end();
  });
  const server = getTestServer("probe");
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const post = () => fetch(url, { method: "POST", body: "{oops", headers: { "content-type": "application/json" } });
  try {
    expect((await post()).status).toBe(400);
    keepBodiesRaw();
    expect((await post()).status).toBe(200);
    expect(bodies).toEqual([["{oops", true]]);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});
