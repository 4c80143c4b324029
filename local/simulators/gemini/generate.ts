import { randomBytes } from "node:crypto";
import { type GeminiFailure, hijacked, malformedText } from "./failures.ts";
import {
  type GenerateRequest,
  languageOf,
  lastUserText,
  personaOf,
  systemText,
  topicOf,
  wholeText,
} from "./reading.ts";
import { sentence } from "./sentences.ts";
import { type Decision, structured } from "./structured.ts";

/** About four characters to a token: Google's own rule of thumb. */
const CHARACTERS_PER_TOKEN = 4;

/** The 200 answer of `generateContent`: a plain answer, or the failure that a fault asks for. */
export function generate(request: GenerateRequest, model: string, failure?: GeminiFailure): unknown {
  const promptTokens = tokens(wholeText(request));
  if (failure === "blocked_prompt") {
    const promptFeedback = { blockReason: "SAFETY", safetyRatings: ratings("HIGH") };
    return { promptFeedback, ...tail(model, promptTokens, 0) };
  }
  if (failure === "no_candidates") return { candidates: [], ...tail(model, promptTokens, 0) };
  const { text, finishReason } = written(request, failure);
  const candidate = {
    content: text === "" ? { role: "model" } : { role: "model", parts: [{ text }] },
    finishReason,
    index: 0,
    ...(finishReason === "SAFETY" ? { safetyRatings: ratings("HIGH") } : {}),
  };
  return { candidates: [candidate], ...tail(model, promptTokens, tokens(text)) };
}

function written(request: GenerateRequest, failure?: GeminiFailure): { text: string; finishReason: string } {
  if (failure === "blocked_candidate") return { text: "", finishReason: "SAFETY" };
  if (failure === "recitation") return { text: "", finishReason: "RECITATION" };
  if (failure === "empty") return { text: "", finishReason: "STOP" };
  const decision = decide(request, failure);
  const config = request.generationConfig;
  const wantsJson = config?.responseMimeType === "application/json";
  const schema = config?.responseSchema ?? config?.responseJsonSchema;
  if (failure === "malformed") return { text: malformedText(schema, decision), finishReason: "STOP" };
  const whole = wantsJson ? structured(schema, decision) : decision.reply;
  const limit =
    failure === "truncated"
      ? Math.floor(whole.length / 2)
      : (config?.maxOutputTokens ?? Infinity) * CHARACTERS_PER_TOKEN;
  if (whole.length <= limit) return { text: whole, finishReason: "STOP" };
  return { text: whole.slice(0, limit), finishReason: "MAX_TOKENS" };
}

function decide(request: GenerateRequest, failure?: GeminiFailure): Decision {
  const system = systemText(request);
  const userText = lastUserText(request);
  const language = languageOf(userText);
  const turned = failure && hijacked(failure, system, userText, language);
  if (turned) return turned;
  const topic = topicOf(userText);
  return {
    reply: sentence(personaOf(system), topic, language),
    action: topic === "person" ? "handoff" : "continue",
    reason: topic === "person" ? "customer asks for a person" : `answers: ${topic}`,
    language,
  };
}

function tokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}

function tail(model: string, promptTokenCount: number, candidatesTokenCount: number) {
  return {
    usageMetadata: {
      promptTokenCount,
      candidatesTokenCount,
      totalTokenCount: promptTokenCount + candidatesTokenCount,
    },
    modelVersion: model,
    responseId: randomBytes(12).toString("base64url"),
  };
}

function ratings(probability: string) {
  return [
    { category: "HARM_CATEGORY_DANGEROUS_CONTENT", probability, blocked: true },
    { category: "HARM_CATEGORY_HARASSMENT", probability: "NEGLIGIBLE" },
  ];
}
