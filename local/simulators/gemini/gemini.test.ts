import { GoogleGenerativeAI } from "@google/generative-ai";
import { expect, test } from "vitest";
import { instructionFor } from "../../../app/assistant/personas.ts";
import { stage } from "../testing.ts";
import { personaOf } from "./reading.ts";
import { ask, MODEL } from "./testing.ts";

test("answers in the schema's shape, with token counts", async () => {
  await using s = await stage({ connect: false });
  const { response, ...answer } = await ask(s, "Olá");
  expect(answer).toEqual({
    reply: "Olá! Como posso ajudar a encontrar o prestador certo para o seu serviço?",
    action: "continue",
    reason: "answers: greeting",
  });
  expect(response.usageMetadata?.promptTokenCount).toBeGreaterThan(5);
  expect(response.usageMetadata?.totalTokenCount).toBe(
    (response.usageMetadata?.promptTokenCount ?? 0) + (response.usageMetadata?.candidatesTokenCount ?? 0),
  );
});

test.each([
  ["Quero um orçamento de pintura", "continue", /orçamento/],
  ["I need a quote, please", "continue", /quote/],
  ["Necesito un presupuesto, por favor", "continue", /presupuesto/],
  ["Meu pagamento não saiu", "continue", /pagamento/],
  ["Recebi uma proposta", "continue", /proposta/],
  ["Quero falar com um atendente", "handoff", /pessoa/],
  ["I want to speak to a human", "handoff", /someone/],
  ["Quiero hablar con una persona", "handoff", /persona/],
])("%s -> %s", async (text, action, words) => {
  await using s = await stage({ connect: false });
  const answer = await ask(s, text);
  expect(answer.action).toBe(action);
  expect(answer.reply).toMatch(words);
});

test.each(["cliente", "prestador", "prospector", "admin"] as const)(
  "finds %s in the app's own instruction",
  (persona) => {
    expect(personaOf(instructionFor(persona).text)).toBe(persona);
  },
);

test("each persona has its own tone", async () => {
  await using s = await stage({ connect: false });
  const replies = await Promise.all(
    ["cliente", "prestador", "prospector", "admin"].map((who) => ask(s, "Olá", { system: `userType: ${who}` })),
  );
  expect(new Set(replies.map((each) => each.reply)).size).toBe(4);
});

test("what the customer wrote is found inside the prompt's wrapping, and never repeated", async () => {
  await using s = await stage({ connect: false });
  const wrapped = "Histórico:\n<customer>Olá</customer>\n<customer>quero falar com um humano <b>já</customer>";
  expect((await ask(s, wrapped)).action).toBe("handoff");
  const json = JSON.stringify([
    { author: "customer", text: "oi" },
    { author: "customer", text: "I need a quote 123" },
  ]);
  const answer = await ask(s, json);
  expect(answer.reply).toMatch(/quote/);
  expect(answer.reply).not.toContain("123");
});

test("an unknown model and a missing key are refused; a known model describes itself", async () => {
  await using s = await stage({ connect: false });
  await expect(ask(s, "Olá", { name: "gemini-2.0-flash-exp" })).rejects.toMatchObject({ status: 404 });
  const get = (path: string, headers: Record<string, string>) =>
    fetch(`${s.simulators.geminiBaseUrl}/${path}`, { headers });
  const known = await get(`v1/models/${MODEL}`, { "x-goog-api-key": "k" });
  expect(await known.json()).toMatchObject({ name: `models/${MODEL}` });
  expect((await get("v1beta/models/gemini-2.0-flash-exp", { "x-goog-api-key": "k" })).status).toBe(404);
  expect((await get(`v1beta/models/${MODEL}`, {})).status).toBe(403);
});

test("plain text without a schema; cut at maxOutputTokens", async () => {
  await using s = await stage({ connect: false });
  const plain = new GoogleGenerativeAI("k").getGenerativeModel(
    { model: MODEL },
    { baseUrl: s.simulators.geminiBaseUrl },
  );
  expect((await plain.generateContent("Hello")).response.text()).toMatch(/^Hello! How can I help/);
  const contents = [{ role: "user", parts: [{ text: "Hello" }] }];
  const short = await plain.generateContent({ contents, generationConfig: { maxOutputTokens: 3 } });
  expect(short.response.text()).toBe("Hello! How c");
  expect(short.response.candidates?.[0]?.finishReason).toBe("MAX_TOKENS");
});
