import pino from "pino";
import { expect, test } from "vitest";
import { USER_TYPES } from "../conversations/model.ts";
import type { AnswerRequest } from "./assistant.ts";
import { createAssistant } from "./create.ts";
import { PERSONAS } from "./personas.ts";
import { geminiServer, structured } from "./testing/gemini-server.ts";

const request: AnswerRequest = {
  conversationId: "webchat_exemplo",
  channel: "webchat",
  userType: "cliente",
  history: [{ author: "customer", text: "Oi", at: 0 }],
  facts: [],
};

test("every persona speaks to Gemini as itself", async () => {
  await using server = await geminiServer(() => structured("Olá! Como posso ajudar?"));
  const options = { apiKey: "chave-de-exemplo", baseUrl: server.baseUrl, model: "gemini-exemplo" };
  const assistant = createAssistant({
    ...options,
    log: pino({ enabled: false }),
    temperature: 0.4,
    maxOutputTokens: 300,
  });
  for (const userType of USER_TYPES) {
    const answer = await assistant.answer({ ...request, userType });
    expect(answer).toMatchObject({
      outcome: "reply",
      text: "Olá! Como posso ajudar?",
      log: { promptTokens: 900, responseTokens: 65, model: "gemini-exemplo" },
    });
  }
  for (const [index, userType] of USER_TYPES.entries()) {
    const { body } = server.requests[index] ?? {};
    const instruction = body?.systemInstruction.parts[0]?.text ?? "";
    const { tone, purpose, example } = PERSONAS[userType];
    expect([tone, purpose, example].every((line) => instruction.includes(line))).toBe(true);
    expect(body?.generationConfig).toMatchObject({ temperature: 0.4, maxOutputTokens: 300 });
  }
});

test("the API key itself can never be sent", async () => {
  await using server = await geminiServer((call) => structured(`Minha chave: ${call.apiKey}`));
  const options = { apiKey: "chave-de-exemplo", baseUrl: server.baseUrl, model: "gemini-exemplo" };
  const answer = await createAssistant({ ...options, log: pino({ enabled: false }) }).answer(request);
  expect(answer).toMatchObject({ outcome: "handoff", reason: "answer_unsafe" });
});

test("each answer leaves one line for the metrics, with the time that the model took", async () => {
  await using server = await geminiServer(() => structured("Olá! Como posso ajudar?"));
  const lines: unknown[] = [];
  const log = pino({ base: null, timestamp: false }, { write: (line) => lines.push(JSON.parse(line)) });
  const assistant = createAssistant({ apiKey: "k", baseUrl: server.baseUrl, model: "gemini-exemplo", log });
  await assistant.answer(request);
  await assistant.answer({ ...request, history: [{ author: "customer", text: "atendente", at: 0 }] });
  const shared = { event: "ia_answer", conversationId: "webchat_exemplo", channel: "webchat", userType: "cliente" };
  const cost = { promptTokens: 900, responseTokens: 65, aiLatencyMs: expect.any(Number) };
  expect(lines).toEqual([
    expect.objectContaining({ ...shared, outcome: "reply", model: "gemini-exemplo", ...cost }),
    expect.objectContaining({ ...shared, outcome: "handoff", model: "none", promptTokens: 0 }),
  ]);
  // Answers that no model was asked for would hide a slow one.
  expect(lines[1]).not.toHaveProperty("aiLatencyMs");
});
