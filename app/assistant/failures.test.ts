import { fc, test as property } from "@fast-check/vitest";
import pino from "pino";
import { describe, expect, test } from "vitest";
import { type AnswerFailure, type AnswerRequest, FALLBACK_TEXT } from "./assistant.ts";
import { createAssistant, createAssistantWith } from "./create.ts";
import { DEADLINE_MS } from "./limits.ts";
import type { ModelFailure, ModelResult } from "./model.ts";
import { eagerClock, manualClock, pauselessClock } from "./testing/clocks.ts";
import {
  apiError,
  candidate,
  ERROR_INFO,
  type GeminiReply,
  geminiServer,
  QUOTA_FAILURE,
  RETRY_INFO,
  structured,
} from "./testing/gemini-server.ts";
import { says, scriptedModel } from "./testing/models.ts";
import { UNABLE_TEXT } from "./texts.ts";

/** Every failure, over the wire, to what the customer reads and what `ia_logs` keeps. */

const request: AnswerRequest = {
  conversationId: "whatsapp_5511900000001",
  channel: "whatsapp",
  userType: "cliente",
  history: [{ author: "customer", text: "Preciso de ajuda", at: 0 }],
  facts: [],
};

const silent = pino({ enabled: false });
const options = (baseUrl: string) => ({ apiKey: "chave-de-exemplo", baseUrl, model: "gemini-exemplo", log: silent });
const finish = (finishReason: string): GeminiReply => ({ json: { candidates: [{ finishReason }] } });
const PER_DAY = QUOTA_FAILURE("GenerateRequestsPerDayPerProjectPerModel");

type Row = readonly [name: string, reply: GeminiReply, failure: AnswerFailure, calls: number];

const FALLBACKS: readonly Row[] = [
  ["429 that may be tried again in time", apiError(429, [RETRY_INFO("1s")]), "quota", 3],
  ["429 that may not", apiError(429, [RETRY_INFO("37s")]), "quota", 1],
  ["429 without advice", apiError(429), "quota", 3],
  ["429 for the day", apiError(429, [PER_DAY, RETRY_INFO("1s")]), "quota_day", 1],
  ["404: the model is gone", apiError(404), "model_unknown", 1],
  ["400: a bad request", apiError(400), "refused", 1],
  ["400: a bad key", apiError(400, [ERROR_INFO("API_KEY_INVALID")]), "refused", 1],
  ["403", apiError(403), "refused", 1],
  ["500", apiError(500), "unavailable", 3],
  ["503", apiError(503), "unavailable", 3],
  ["a cut connection", "reset", "unavailable", 3],
  ["a body that is no JSON", { raw: "<html>" }, "unavailable", 3],
  ["a body of another kind", { json: [] }, "unavailable", 3],
];

const HANDOFFS: readonly Row[] = [
  ["a blocked prompt", { json: { promptFeedback: { blockReason: "SAFETY" } } }, "blocked", 1],
  ["no candidate", { json: { candidates: [] } }, "blocked", 3],
  ["a blocked candidate", finish("SAFETY"), "blocked", 1],
  ["prohibited content", finish("PROHIBITED_CONTENT"), "blocked", 1],
  ["personal data seen by the provider", finish("SPII"), "blocked", 1],
  ["recitation", finish("RECITATION"), "blocked", 3],
  ["an unheard-of reason", finish("EXAMPLE"), "blocked", 3],
  ["an empty answer", candidate(""), "malformed", 2],
  ["an answer without parts", finish("STOP"), "malformed", 2],
  ["an answer cut at the token limit", candidate('{"reply":"Oi', "MAX_TOKENS"), "malformed", 2],
  ["words instead of JSON", candidate("Claro, posso ajudar!"), "malformed", 2],
  ["JSON of another shape", candidate('{"answer":"Oi"}'), "malformed", 2],
  ["an action we do not know", structured("Oi", "refund"), "malformed", 2],
  ["a reply without words", structured("  "), "unsafe", 2],
  ["a foreign link", structured("Pague em evil.com"), "unsafe", 2],
];

describe("the fixed text, and the conversation stays queued", () => {
  test.each(FALLBACKS)("%s", async (_, reply, failure, calls) => {
    await using server = await geminiServer(() => reply);
    const answer = await createAssistant({ ...options(server.baseUrl), clock: pauselessClock() }).answer(request);
    expect(answer).toMatchObject({ outcome: "fallback", text: FALLBACK_TEXT, failure, language: "pt" });
    expect(answer.log).toMatchObject({ outcome: failure, model: "gemini-exemplo", response: "" });
    expect(answer.log.prompt).toBe("persona: cliente\ncliente: Preciso de ajuda");
    expect(server.requests.length).toBe(calls);
  });

  test("a model that hangs: time-out, tried once more with what is left", async () => {
    const clock = manualClock();
    await using server = await geminiServer(() => "hang");
    let arrived = server.nextRequest();
    const pending = createAssistant({ ...options(server.baseUrl), clock }).answer(request);
    await arrived;
    arrived = server.nextRequest();
    clock.advance(5000);
    await arrived;
    clock.advance(3000);
    const answer = await pending;
    expect(answer).toMatchObject({ outcome: "fallback", text: FALLBACK_TEXT, failure: "timeout" });
    expect(answer.log).toMatchObject({ outcome: "timeout", latencyMs: DEADLINE_MS });
  });

  test("a circuit that is open: no call at all", async () => {
    await using server = await geminiServer(() => apiError(503));
    const assistant = createAssistant({ ...options(server.baseUrl), clock: pauselessClock() });
    await assistant.answer(request);
    await assistant.answer(request);
    const before = server.requests.length;
    const answer = await assistant.answer(request);
    expect(answer).toMatchObject({ outcome: "fallback", text: FALLBACK_TEXT, failure: "circuit_open" });
    expect(answer.log).toMatchObject({ outcome: "circuit_open", model: "none" });
    expect(server.requests.length).toBe(before);
  });
});

describe("a person goes on", () => {
  test.each(HANDOFFS)("%s", async (_, reply, failure, calls) => {
    await using server = await geminiServer(() => reply);
    const answer = await createAssistant({ ...options(server.baseUrl), clock: pauselessClock() }).answer(request);
    expect(answer).toMatchObject({ outcome: "handoff", text: UNABLE_TEXT.pt, reason: `answer_${failure}` });
    expect(answer.log).toMatchObject({ outcome: failure, model: "gemini-exemplo" });
    expect(server.requests.length).toBe(calls);
  });
});

const failure = fc.oneof(
  fc.record({
    kind: fc.constant("rate" as const),
    perDay: fc.boolean(),
    retryAfterMs: fc.integer({ min: 0, max: 20_000 }),
  }),
  fc.constantFrom<ModelFailure>(
    { kind: "timeout" },
    { kind: "unavailable" },
    { kind: "model_unknown" },
    { kind: "refused", account: true },
    { kind: "blocked", reason: "OTHER", retry: true },
    { kind: "unusable", reason: "empty" },
  ),
);
const result = fc.oneof(
  failure.map((one): ModelResult => ({ ok: false, failure: one, detail: "", promptTokens: 1, responseTokens: 1 })),
  fc.constantFrom(says("Claro!"), says("Pague em evil.com"), says("", "handoff"), { ...says(""), text: "?" }),
);

property.prop([fc.array(fc.tuple(result, fc.nat(6000)), { minLength: 1, maxLength: 8 })])(
  "whatever the model does, there is a text to send within eight seconds and four calls",
  async (script) => {
    const clock = eagerClock();
    const model = scriptedModel(
      script.map(([outcome, ms]) => () => {
        const limit = model.calls.at(-1)?.timeoutMs ?? 0;
        clock.pass(Math.min(ms, limit));
        return ms > limit
          ? { ok: false, failure: { kind: "timeout" }, detail: "", promptTokens: 0, responseTokens: 0 }
          : outcome;
      }),
    );
    const answer = await createAssistantWith(model, silent, { clock, random: () => 0.5 }).answer(request);
    expect(answer.log.latencyMs).toBeLessThanOrEqual(DEADLINE_MS);
    expect(model.calls.length).toBeLessThanOrEqual(4);
    expect(answer.text).not.toBe("");
    expect(answer.text).not.toContain("evil");
  },
);
