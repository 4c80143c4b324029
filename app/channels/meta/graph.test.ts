import { describe, expect, test } from "vitest";
import { accepted, fakeGraph, networkFault, refused } from "../testing.ts";
import { createGraph } from "./graph.ts";

const NOW = Date.UTC(2026, 10, 20);

function graphWith(fake: ReturnType<typeof fakeGraph>, now = () => NOW) {
  return createGraph({
    channel: "whatsapp",
    baseUrl: "http://127.0.0.1:9/graph/",
    version: "v26.0",
    token: "token-de-exemplo",
    fetch: fake.fetch,
    now,
  });
}

test("posts JSON to the version's path, with the token", async () => {
  const fake = fakeGraph(accepted({ ok: 1 }));
  expect(await graphWith(fake).post("1/messages", { a: "á" })).toEqual({ ok: true, body: { ok: 1 } });
  expect(fake.calls).toEqual([
    { url: "http://127.0.0.1:9/graph/v26.0/1/messages", authorization: "Bearer token-de-exemplo", body: { a: "á" } },
  ]);
});

test("an error becomes its class, its code and plain words", async () => {
  const fake = fakeGraph(refused(400, 131047, { message: "Re-engagement message" }));
  expect(await graphWith(fake).post("x", {})).toEqual({
    ok: false,
    failure: "window",
    code: 131047,
    message: "A janela de 24 horas fechou. Envie um modelo aprovado ou espere o cliente escrever.",
  });
});

test("an error without plain words keeps Graph's own", async () => {
  const fake = fakeGraph(refused(400, 100, { message: "Invalid parameter", details: "body is too long" }));
  expect(await graphWith(fake).post("x", {})).toMatchObject({
    failure: "message",
    message: "Invalid parameter: body is too long",
  });
});

describe("a fault of the network", () => {
  test.each(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"])(
    "%s never left: try again",
    async (code) => {
      expect(await graphWith(fakeGraph(networkFault(code))).post("x", {})).toMatchObject({
        ok: false,
        failure: "retry",
      });
    },
  );

  test.each(["ECONNRESET", "UND_ERR_SOCKET", "EPIPE"])("%s may have left: nobody knows", async (code) => {
    expect(await graphWith(fakeGraph(networkFault(code))).post("x", {})).toMatchObject({
      ok: false,
      failure: "unknown",
    });
  });

  test("every address refused, as Node reports several", async () => {
    const one = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
    const fake = fakeGraph(() => {
      throw new TypeError("fetch failed", { cause: new AggregateError([one, one]) });
    });
    expect(await graphWith(fake).post("x", {})).toMatchObject({ failure: "retry" });
  });

  test("no answer in time: nobody knows", async () => {
    const graph = createGraph({
      channel: "whatsapp",
      baseUrl: "http://127.0.0.1:9",
      version: "v26.0",
      token: "t",
      timeoutMs: 5,
      fetch: (_, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
        }),
    });
    expect(await graph.post("x", {})).toMatchObject({ ok: false, failure: "unknown", code: -1 });
  });
});

describe("an answer that is no JSON", () => {
  test.each([
    [502, "unknown"],
    [503, "retry"],
    [403, "channel"],
  ])("with HTTP %i is %s", async (status, failure) => {
    const fake = fakeGraph(() => new Response("<html>", { status }));
    expect(await graphWith(fake).post("x", {})).toMatchObject({ ok: false, failure });
  });
});

describe("rates", () => {
  const usage = (minutes: number) => ({
    "x-business-use-case-usage": JSON.stringify({
      "100": [{ type: "whatsapp", call_count: 100, estimated_time_to_regain_access: minutes }],
    }),
  });

  test("Retry-After in seconds is passed on", async () => {
    const fake = fakeGraph(refused(429, 130429, { headers: { "retry-after": "7" } }));
    expect(await graphWith(fake).post("x", {})).toMatchObject({ failure: "retry", retryAfterMs: 7_000 });
  });

  test("Retry-After as a date is passed on", async () => {
    const fake = fakeGraph(refused(429, 4, { headers: { "retry-after": new Date(NOW + 30_000).toUTCString() } }));
    expect(await graphWith(fake).post("x", {})).toMatchObject({ retryAfterMs: 30_000 });
  });

  test("the longest of what the code, Retry-After and the usage say counts", async () => {
    const fake = fakeGraph(refused(400, 131056, { headers: { "retry-after": "1", ...usage(2) } }));
    expect(await graphWith(fake).post("x", {})).toMatchObject({ retryAfterMs: 120_000 });
  });

  test("while Meta wants the account left alone, nothing is sent; afterwards it is", async () => {
    let now = NOW;
    const fake = fakeGraph(refused(400, 80007, { headers: usage(5) }), accepted({ fine: true }));
    const graph = graphWith(fake, () => now);
    expect(await graph.post("x", {})).toMatchObject({ failure: "retry", retryAfterMs: 300_000 });
    now += 299_000;
    expect(await graph.post("x", {})).toMatchObject({ ok: false, failure: "retry", retryAfterMs: 1_000 });
    expect(fake.calls).toHaveLength(1);
    now += 1_000;
    expect(await graph.post("x", {})).toEqual({ ok: true, body: { fine: true } });
  });

  test("a usage that says nothing, or nonsense, stops nothing", async () => {
    const fake = fakeGraph(
      () => Response.json({}, { headers: usage(0) }),
      () => Response.json({}, { headers: { "x-business-use-case-usage": "not json" } }),
      () => Response.json({}, { headers: { "x-business-use-case-usage": '{"1":"?"}' } }),
    );
    const graph = graphWith(fake);
    for (let call = 0; call < 4; call += 1) expect(await graph.post("x", {})).toEqual({ ok: true, body: {} });
  });
});
