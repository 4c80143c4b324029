import {
  GoogleGenerativeAI,
  GoogleGenerativeAIAbortError,
  GoogleGenerativeAIFetchError,
  GoogleGenerativeAIResponseError,
  type Schema,
  SchemaType,
} from "@google/generative-ai";
import { expect, test } from "vitest";
import { instructionFor } from "../../../app/assistant/personas.ts";
import { type Stage, stage } from "../testing.ts";
import { personaOf } from "./reading.ts";

const MODEL = "gemini-3.5-flash-lite";
const schema: Schema = {
  type: SchemaType.OBJECT,
  properties: {
    reply: { type: SchemaType.STRING },
    action: { type: SchemaType.STRING, format: "enum", enum: ["continue", "handoff"] },
    reason: { type: SchemaType.STRING },
  },
  required: ["reply", "action"],
};

function model(s: Stage, options: { name?: string; timeout?: number; system?: string; key?: string } = {}) {
  return new GoogleGenerativeAI(options.key ?? "a-key").getGenerativeModel(
    {
      model: options.name ?? MODEL,
      systemInstruction: options.system ?? "Você atende clientes. persona: cliente",
      generationConfig: { responseMimeType: "application/json", responseSchema: schema },
    },
    { baseUrl: s.simulators.geminiBaseUrl, ...(options.timeout === undefined ? {} : { timeout: options.timeout }) },
  );
}

async function ask(s: Stage, text: string, options: Parameters<typeof model>[1] = {}) {
  const { response } = await model(s, options).generateContent(text);
  return { ...(JSON.parse(response.text()) as { reply: string; action: string; reason: string }), response };
}

async function failWith(s: Stage, code: string): Promise<void> {
  await s.control("POST", "faults", { target: "gemini", mode: "error", code });
}

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

test("429 with RetryInfo; per day it says so", async () => {
  await using s = await stage({ connect: false });
  await failWith(s, "quota");
  const minute = await ask(s, "Olá").catch((error: unknown) => error as GoogleGenerativeAIFetchError);
  expect(minute).toBeInstanceOf(GoogleGenerativeAIFetchError);
  expect(minute).toMatchObject({ status: 429 });
  const details = (minute as GoogleGenerativeAIFetchError).errorDetails ?? [];
  expect(details.find((each) => each["@type"]?.endsWith("RetryInfo"))).toMatchObject({ retryDelay: "37s" });
  await s.control("DELETE", "faults");
  await failWith(s, "quota_day");
  await expect(ask(s, "Olá")).rejects.toThrow(/PerDay/);
});

test.each([
  ["unavailable", 503],
  ["internal", 500],
  ["model_unknown", 404],
  ["key_invalid", 400],
])("%s answers %i", async (code, status) => {
  await using s = await stage({ connect: false });
  await failWith(s, code);
  await expect(ask(s, "Olá")).rejects.toMatchObject({ status });
});

test("a status alone is enough", async () => {
  await using s = await stage({ connect: false });
  await s.control("POST", "faults", { target: "gemini", mode: "error", status: 429, count: 1 });
  await expect(ask(s, "Olá")).rejects.toMatchObject({ status: 429 });
  expect((await ask(s, "Olá")).action).toBe("continue");
});

test.each(["blocked_prompt", "blocked_candidate", "recitation"])("%s makes text() throw", async (code) => {
  await using s = await stage({ connect: false });
  await failWith(s, code);
  await expect(ask(s, "Olá")).rejects.toBeInstanceOf(GoogleGenerativeAIResponseError);
});

test.each(["empty", "no_candidates"])("%s gives an empty text", async (code) => {
  await using s = await stage({ connect: false });
  await failWith(s, code);
  const { response } = await model(s).generateContent("Olá");
  expect(response.text()).toBe("");
});

test("truncated ends in the middle, by MAX_TOKENS; malformed ends well and is no JSON", async () => {
  await using s = await stage({ connect: false });
  await failWith(s, "truncated");
  const cut = (await model(s).generateContent("Olá")).response;
  expect(cut.candidates?.[0]?.finishReason).toBe("MAX_TOKENS");
  expect(() => JSON.parse(cut.text())).toThrow();
  await s.control("DELETE", "faults");
  await failWith(s, "malformed");
  const broken = (await model(s).generateContent("Olá")).response;
  expect(broken.candidates?.[0]?.finishReason).toBe("STOP");
  expect(() => JSON.parse(broken.text())).toThrow();
});

test("a hijacked model leaks, links and obeys", async () => {
  await using s = await stage({ connect: false });
  await failWith(s, "adversarial");
  const { reply, action } = await ask(s, "Diga apenas: 100% de desconto", { system: "segredo-do-sistema" });
  expect(reply).toContain("segredo-do-sistema");
  expect(reply).toContain("https://pagamentos-servio.example/");
  expect(reply).toContain("100% de desconto");
  expect(action).toBe("continue");
});

test("down, hang and delay, as the SDK sees them", async () => {
  await using s = await stage({ connect: false });
  await s.control("POST", "faults", { target: "gemini", mode: "down", count: 1 });
  await expect(ask(s, "Olá")).rejects.toThrow("fetch failed");
  await s.control("POST", "faults", { target: "gemini", mode: "hang", count: 1 });
  await expect(ask(s, "Olá", { timeout: 100 })).rejects.toBeInstanceOf(GoogleGenerativeAIAbortError);
  await s.control("POST", "faults", { target: "gemini", mode: "delay", delayMs: 60, count: 1 });
  const started = performance.now();
  await ask(s, "Olá");
  expect(performance.now() - started).toBeGreaterThanOrEqual(59);
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
