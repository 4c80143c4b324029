import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { createLog } from "../telemetry/log.ts";
import { type AnswerRequest, FALLBACK_TEXT, type Turn } from "./assistant.ts";
import { type AssistantLimits, createAssistantWith } from "./create.ts";
import type { ModelFailure, ModelResult } from "./model.ts";
import { instructionFor } from "./personas.ts";
import { eagerClock } from "./testing/clocks.ts";
import { says, scriptedModel } from "./testing/models.ts";
import { HANDOFF_TEXT, UNABLE_TEXT } from "./texts.ts";

function setUp(script: Parameters<typeof scriptedModel>[0], limits: AssistantLimits = {}) {
  const model = scriptedModel(script);
  const lines: Record<string, unknown>[] = [];
  const sink = new Writable({
    write(chunk, _, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  const log = createLog({ project: "demo-servio", environment: "test", service: "api", level: "debug" }, sink);
  const assistant = createAssistantWith(model, log, { clock: eagerClock(1000), random: () => 1, ...limits });
  return { model, assistant, lines };
}

function request(text: string | readonly Turn[], more: Partial<AnswerRequest> = {}): AnswerRequest {
  const history = typeof text === "string" ? [{ author: "customer" as const, text, at: 0 }] : text;
  return {
    conversationId: "whatsapp_5511900000001",
    channel: "whatsapp",
    userType: "cliente",
    customerName: "Cliente de exemplo",
    history,
    facts: [],
    ...more,
  };
}

const failed = (failure: ModelFailure): ModelResult => ({
  ok: false,
  failure,
  detail: "",
  promptTokens: 0,
  responseTokens: 0,
});

describe("a good answer", () => {
  test("is sent, with its row", async () => {
    const { assistant, model } = setUp([says("Claro! Qual **serviço** você procura?")]);
    const answer = await assistant.answer(
      request("Preciso de ajuda, meu fone é 11 90000-0001", { facts: ["Proposta enviada: Pintura"] }),
    );
    expect(answer).toEqual({
      outcome: "reply",
      text: "Claro! Qual serviço você procura?",
      language: "pt",
      log: {
        prompt: "persona: cliente\nfato: Proposta enviada: Pintura\ncliente: Preciso de ajuda, meu fone é [telefone]",
        response: "Claro! Qual **serviço** você procura?",
        model: "gemini-exemplo",
        promptTokens: 100,
        responseTokens: 20,
        latencyMs: 0,
        outcome: "reply",
      },
    });
    expect(model.calls[0]?.instruction).toBe(instructionFor("cliente").text);
  });

  test("personal data stays in the row when masking is off", async () => {
    const { assistant } = setUp([says("Certo!")], { maskPersonalData: false });
    const answer = await assistant.answer(request("meu fone é 11 90000-0001"));
    expect(answer.log.prompt).toBe("persona: cliente\ncliente: meu fone é 11 90000-0001");
  });

  test("what waited counts as latency", async () => {
    const { assistant } = setUp([failed({ kind: "rate", perDay: false, retryAfterMs: 2000 }), says("Oi!")]);
    expect((await assistant.answer(request("oi"))).log.latencyMs).toBe(2000);
  });

  test("Instagram gets no more than it carries", async () => {
    const { assistant } = setUp([says("Está tudo certo com o seu pedido. ".repeat(60))]);
    const answer = await assistant.answer(request("oi", { channel: "instagram" }));
    expect(Buffer.byteLength(answer.text)).toBeLessThanOrEqual(1000);
  });
});

describe("hand-off", () => {
  test.each([
    ["pt", "quero falar com atendente"],
    ["en", "I want to talk to a human"],
    ["es", "quiero hablar con una persona"],
  ] as const)("asked for in %s: no model, the customer is told", async (language, text) => {
    const { assistant, model } = setUp([says("não")]);
    const answer = await assistant.answer(request(text));
    expect(answer).toMatchObject({
      outcome: "handoff",
      reason: "customer_asked",
      language,
      text: HANDOFF_TEXT[language],
    });
    expect(answer.log).toMatchObject({ model: "none", outcome: "handoff", promptTokens: 0 });
    expect(model.calls).toEqual([]);
  });

  test("asked for earlier and dealt with: the model answers", async () => {
    const { assistant } = setUp([says("Claro!")]);
    const answer = await assistant.answer(
      request([
        { author: "customer", text: "falar com atendente", at: 1 },
        { author: "person", text: "Oi, resolvido!", at: 2 },
        { author: "customer", text: "obrigado, mais uma dúvida", at: 3 },
      ]),
    );
    expect(answer.outcome).toBe("reply");
  });

  test("by the model, in its own words", async () => {
    const { assistant } = setUp([says("Vou chamar a equipe.", "handoff", "cobrança contestada")]);
    const answer = await assistant.answer(request("me cobraram duas vezes"));
    expect(answer).toMatchObject({ outcome: "handoff", text: "Vou chamar a equipe.", reason: "cobrança contestada" });
    expect(answer.log.outcome).toBe("handoff");
  });

  test.each(["", "Veja https://evil.com"])(
    "by the model, with words that may not be sent: ours (%j)",
    async (reply) => {
      const { assistant, model } = setUp([says(reply, "handoff")]);
      const answer = await assistant.answer(request("oi"));
      expect(answer).toMatchObject({ outcome: "handoff", text: HANDOFF_TEXT.pt, reason: "model_asked" });
      expect(model.calls.length).toBe(1);
    },
  );

  test("when there is nothing to answer", async () => {
    const { assistant, model } = setUp([says("Oi")]);
    const answer = await assistant.answer(request([{ author: "bot", text: "Oi", at: 1 }]));
    expect(answer).toMatchObject({ outcome: "handoff", text: UNABLE_TEXT.pt, reason: "nothing_to_answer" });
    expect(model.calls).toEqual([]);
  });
});

describe("repair", () => {
  test("a second try with advice, in our words only", async () => {
    const { assistant, model, lines } = setUp([says("Pague em https://evil.com/SEGREDO"), says("Pague pelo app.")]);
    const answer = await assistant.answer(request("como pago?"));
    expect(answer).toMatchObject({ outcome: "reply", text: "Pague pelo app." });
    expect(answer.log).toMatchObject({ outcome: "reply", promptTokens: 200, responseTokens: 40 });
    const again = model.calls[1]?.instruction ?? "";
    expect(again.startsWith(instructionFor("cliente").text)).toBe(true);
    expect(again).toContain("não escreva endereços de internet fora de servio.ai");
    expect(again).not.toContain("SEGREDO");
    expect(lines).toMatchObject([
      { severity: "WARNING", event: "ia_answer_rejected", faults: ["link"] },
      { severity: "INFO", event: "ia_answer", outcome: "reply" },
    ]);
  });

  const CUT = failed({ kind: "unusable", reason: "max_tokens" });
  test.each<[string, ModelResult[], string, string]>([
    ["unsafe twice", [says("Veja evil.com"), says("Veja evil.com")], "unsafe", "Veja evil.com"],
    ["empty twice", [says(""), says("")], "unsafe", ""],
    ["no JSON twice", [{ ...says(""), ok: true, text: "Oi" }], "malformed", "Oi"],
    ["cut twice", [CUT, CUT], "malformed", ""],
    ["unsafe, then down", [says("Veja evil.com"), failed({ kind: "unavailable" })], "unsafe", "Veja evil.com"],
    ["blocked", [failed({ kind: "blocked", reason: "SAFETY", retry: false })], "blocked", ""],
    ["blocked thrice", [failed({ kind: "blocked", reason: "OTHER", retry: true })], "blocked", ""],
  ])("that does not help ends with a person: %s", async (_, script, failure, response) => {
    const { assistant } = setUp(script);
    const answer = await assistant.answer(request("Hi, can you help me?"));
    expect(answer).toMatchObject({
      outcome: "handoff",
      text: UNABLE_TEXT.en,
      reason: `answer_${failure}`,
      language: "en",
    });
    expect(answer.log).toMatchObject({ outcome: failure, response });
  });
});

describe("a model that is not there", () => {
  test.each<[string, ModelFailure, string, string]>([
    ["quota", { kind: "rate", perDay: false, retryAfterMs: 60_000 }, "quota", "WARNING"],
    ["day's quota", { kind: "rate", perDay: true }, "quota_day", "WARNING"],
    ["time-out", { kind: "timeout" }, "timeout", "WARNING"],
    ["outage", { kind: "unavailable" }, "unavailable", "WARNING"],
    ["unknown model", { kind: "model_unknown" }, "model_unknown", "ERROR"],
    ["refused key", { kind: "refused", account: true }, "refused", "ERROR"],
  ])("%s: the specification's text, whatever the language", async (_, failure, outcome, severity) => {
    const { assistant, lines } = setUp([failed(failure)]);
    const answer = await assistant.answer(request("Hi, can you help me?"));
    expect(answer).toMatchObject({ outcome: "fallback", text: FALLBACK_TEXT, failure: outcome, language: "en" });
    expect(answer.log).toMatchObject({ outcome, response: "", model: "gemini-exemplo" });
    expect(lines.map((line) => line.severity)).toContain(severity);
  });

  test("an outage costs the first customers their wait, and nobody after them", async () => {
    const { assistant, model } = setUp([failed({ kind: "unavailable" })]);
    const outcomes: unknown[] = [];
    for (let i = 0; i < 5; i += 1) outcomes.push((await assistant.answer(request("oi"))).log.outcome);
    expect(outcomes).toEqual(["unavailable", "circuit_open", "circuit_open", "circuit_open", "circuit_open"]);
    expect(model.calls.length).toBe(5);
  });

  test("a fault of our own ends in the same text", async () => {
    const { assistant, lines } = setUp([
      () => {
        throw new Error("exemplo");
      },
    ]);
    const answer = await assistant.answer(request("oi"));
    expect(answer).toMatchObject({ outcome: "fallback", text: FALLBACK_TEXT, failure: "unavailable" });
    expect(lines).toMatchObject([{ severity: "ERROR" }, { severity: "INFO", outcome: "unavailable" }]);
  });
});

test("no line of the log holds what anybody wrote", async () => {
  const { assistant, lines } = setUp([says("Veja evil.com SEGREDO"), failed({ kind: "unavailable" })]);
  await assistant.answer(request("meu segredo é SEGREDO"));
  expect(lines.length).toBeGreaterThan(0);
  expect(JSON.stringify(lines)).not.toContain("SEGREDO");
});
