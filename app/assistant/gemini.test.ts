import { describe, expect, test } from "vitest";
import { systemClock } from "./clock.ts";
import { createGemini } from "./gemini.ts";
import type { ModelFailure } from "./model.ts";
import { manualClock } from "./testing/clocks.ts";
import {
  apiError,
  candidate,
  ERROR_INFO,
  type GeminiReply,
  geminiServer,
  QUOTA_FAILURE,
  RETRY_INFO,
} from "./testing/gemini-server.ts";

const CALL = {
  instruction: "Seja breve.",
  turns: [{ role: "user", parts: ["dados", "Oi"] }],
  timeoutMs: 5000,
} as const;

async function ask(reply: GeminiReply) {
  await using server = await geminiServer(() => reply);
  return await gemini(server.baseUrl).generate(CALL);
}

function gemini(baseUrl: string, clock = systemClock) {
  return createGemini({ apiKey: "chave-de-exemplo", baseUrl, model: "gemini-3.5-flash-lite", clock });
}

test("what goes over the wire", async () => {
  await using server = await geminiServer(() => candidate("{}"));
  await gemini(`${server.baseUrl}/`).generate(CALL);
  expect(server.requests).toEqual([
    {
      path: "/gemini/v1beta/models/gemini-3.5-flash-lite:generateContent",
      apiKey: "chave-de-exemplo",
      body: {
        contents: [{ role: "user", parts: [{ text: "dados" }, { text: "Oi" }] }],
        systemInstruction: { parts: [{ text: "Seja breve." }] },
        generationConfig: {
          temperature: 1,
          maxOutputTokens: 1024,
          responseMimeType: "application/json",
          responseSchema: {
            type: "object",
            properties: {
              reply: { type: "string", description: "Texto simples a enviar à pessoa." },
              action: { type: "string", format: "enum", enum: ["continue", "handoff"] },
              reason: { type: "string", description: "Motivo em poucas palavras, para a equipe." },
            },
            required: ["reply", "action", "reason"],
          },
        },
      },
    },
  ]);
});

test("text and tokens of a good answer; thinking counts as output and is not text", async () => {
  const parts = [{ text: "penso", thought: true }, { text: '{"a":' }, { text: "1}" }];
  const usageMetadata = { promptTokenCount: 9, candidatesTokenCount: 4, thoughtsTokenCount: 3 };
  const json = { candidates: [{ content: { parts }, finishReason: "STOP" }], usageMetadata, modelVersion: "x" };
  expect(await ask({ json })).toEqual({ ok: true, text: '{"a":1}', promptTokens: 9, responseTokens: 7 });
});

const noContent = (finishReason: string): GeminiReply => ({ json: { candidates: [{ finishReason }] } });
const PER_DAY = "GenerateRequestsPerDayPerProjectPerModel-FreeTier";
const PER_MINUTE = "GenerateRequestsPerMinutePerProjectPerModel";

const FAILURES: readonly (readonly [string, GeminiReply, ModelFailure])[] = [
  ["429 with RetryInfo", apiError(429, [RETRY_INFO("37s")]), { kind: "rate", perDay: false, retryAfterMs: 37_000 }],
  ["429 with fractions", apiError(429, [RETRY_INFO("1.2501s")]), { kind: "rate", perDay: false, retryAfterMs: 1251 }],
  [
    "429 per minute",
    apiError(429, [QUOTA_FAILURE(PER_MINUTE), RETRY_INFO("20s")]),
    { kind: "rate", perDay: false, retryAfterMs: 20_000 },
  ],
  [
    "429 per day",
    apiError(429, [QUOTA_FAILURE(PER_DAY), RETRY_INFO("20s")]),
    { kind: "rate", perDay: true, retryAfterMs: 20_000 },
  ],
  ["429 without details", apiError(429), { kind: "rate", perDay: false }],
  [
    "429 with odd details",
    apiError(429, [null, 7, { "@type": 3 }, RETRY_INFO("soon")]),
    { kind: "rate", perDay: false },
  ],
  ["429 that is not JSON", { status: 429, raw: "slow down" }, { kind: "rate", perDay: false }],
  ["404", apiError(404), { kind: "model_unknown" }],
  ["400", apiError(400), { kind: "refused", account: false }],
  ["400 with a wrong key", apiError(400, [ERROR_INFO("API_KEY_INVALID")]), { kind: "refused", account: true }],
  ["401", apiError(401), { kind: "refused", account: true }],
  ["403", apiError(403), { kind: "refused", account: true }],
  ["500", apiError(500), { kind: "unavailable" }],
  ["503", apiError(503), { kind: "unavailable" }],
  ["504 as HTML", { status: 504, raw: "<html>" }, { kind: "unavailable" }],
  ["a cut connection", "reset", { kind: "unavailable" }],
  ["200 that is not JSON", { raw: "<html>" }, { kind: "unavailable" }],
  ["200 with null", { raw: "null" }, { kind: "unavailable" }],
  ["200 with another shape", { json: { candidates: "none" } }, { kind: "unavailable" }],
  [
    "a blocked prompt",
    { json: { promptFeedback: { blockReason: "PROHIBITED_CONTENT" } } },
    { kind: "blocked", reason: "PROHIBITED_CONTENT", retry: false },
  ],
  ["no candidates", { json: {} }, { kind: "blocked", reason: "NO_CANDIDATE", retry: true }],
  ["SAFETY", noContent("SAFETY"), { kind: "blocked", reason: "SAFETY", retry: false }],
  ["SPII", noContent("SPII"), { kind: "blocked", reason: "SPII", retry: false }],
  ["SAFETY with half a text", candidate('{"reply":"a', "SAFETY"), { kind: "blocked", reason: "SAFETY", retry: false }],
  ["RECITATION", noContent("RECITATION"), { kind: "blocked", reason: "RECITATION", retry: true }],
  ["an unheard-of reason", noContent("NEW_REASON"), { kind: "blocked", reason: "NEW_REASON", retry: true }],
  ["MAX_TOKENS", candidate('{"reply":"a', "MAX_TOKENS"), { kind: "unusable", reason: "max_tokens" }],
  ["MAX_TOKENS without a text", noContent("MAX_TOKENS"), { kind: "unusable", reason: "max_tokens" }],
  ["an empty text", candidate("  \n"), { kind: "unusable", reason: "empty" }],
  ["no content", noContent("STOP"), { kind: "unusable", reason: "empty" }],
];

describe("failures", () => {
  test.each(FAILURES)("%s", async (_, reply, failure) => {
    const result = await ask(reply);
    expect(result.ok ? result : result.failure).toEqual(failure);
  });

  test("nobody listens", async () => {
    const gone = await geminiServer(() => "hang");
    await gone[Symbol.asyncDispose]();
    const result = await gemini(gone.baseUrl).generate(CALL);
    expect(result).toMatchObject({ ok: false, failure: { kind: "unavailable" } });
  });

  test("tokens of a refused answer are counted, since they are billed", async () => {
    const result = await ask(candidate("", "MAX_TOKENS"));
    expect(result).toMatchObject({ promptTokens: 900, responseTokens: 65 });
  });

  test("neither key, address nor the body's text is in the detail", async () => {
    const details = await Promise.all(FAILURES.map(async ([, reply]) => ask(reply)));
    const said = details.map((result) => (result.ok ? "" : result.detail)).join("\n");
    expect(said).not.toMatch(/chave-de-exemplo|127\.0\.0\.1|exemplo|html/);
  });
});

describe("time", () => {
  test("a server that never answers ends at the call's own limit, to the millisecond", async () => {
    const clock = manualClock();
    await using server = await geminiServer(() => "hang");
    const arrived = server.nextRequest();
    const pending = gemini(server.baseUrl, clock).generate(CALL);
    await arrived;
    clock.advance(4999);
    expect(await Promise.race([pending, Promise.resolve("still waiting")])).toBe("still waiting");
    clock.advance(1);
    expect(await pending).toEqual({
      ok: false,
      failure: { kind: "timeout" },
      detail: "no answer within 5000 ms",
      promptTokens: 0,
      responseTokens: 0,
    });
  });

  test("without time there is no call", async () => {
    await using server = await geminiServer(() => candidate("{}"));
    const result = await gemini(server.baseUrl).generate({ ...CALL, timeoutMs: 0 });
    expect(result).toMatchObject({ ok: false, failure: { kind: "timeout" } });
    expect(server.requests).toEqual([]);
  });
});
