import {
  type GenerationConfig,
  GoogleGenerativeAI,
  GoogleGenerativeAIFetchError,
  SchemaType,
} from "@google/generative-ai";
import type { Clock } from "./clock.ts";
import { httpFailure, readResponse } from "./gemini-wire.ts";
import type { Model, ModelCall, ModelResult } from "./model.ts";

/**
 * The only file that knows the Gemini SDK (`@google/generative-ai` 0.24.1, named by the specification and out of support
 * since August 2025): a move to `@google/genai` replaces this file and nothing else.
 */
export interface GeminiOptions {
  readonly apiKey: string;
  /** `https://generativelanguage.googleapis.com`, or the simulator. */
  readonly baseUrl: string;
  readonly model: string;
  readonly clock: Clock;
  /**
   * @default 1 what Google asks to keep for Gemini 3: lower values cause loops.
   * https://docs.cloud.google.com/vertex-ai/generative-ai/docs/start/gemini-3-prompting-guide
   */
  readonly temperature?: number;
  /**
   * Tokens, the model's thinking included.
   * @default 1024 an answer of 500 characters is some 170 tokens as JSON; the rest is room for minimal thinking.
   */
  readonly maxOutputTokens?: number;
}

export const DEFAULT_TEMPERATURE = 1;
export const DEFAULT_MAX_OUTPUT_TOKENS = 1024;

/** What the answer must look like. The order is the order of writing: the reply comes first. */
const RESPONSE_SCHEMA: NonNullable<GenerationConfig["responseSchema"]> = {
  type: SchemaType.OBJECT,
  properties: {
    reply: { type: SchemaType.STRING, description: "Texto simples a enviar à pessoa." },
    action: { type: SchemaType.STRING, format: "enum", enum: ["continue", "handoff"] },
    reason: { type: SchemaType.STRING, description: "Motivo em poucas palavras, para a equipe." },
  },
  required: ["reply", "action", "reason"],
};

/** Gemini through Google's SDK: structured answers, own timeout, typed failures. */
export function createGemini(options: GeminiOptions): Model {
  const sdk = new GoogleGenerativeAI(options.apiKey);
  const baseUrl = options.baseUrl.replace(/\/+$/, "");
  const generationConfig: GenerationConfig = {
    temperature: options.temperature ?? DEFAULT_TEMPERATURE,
    maxOutputTokens: options.maxOutputTokens ?? DEFAULT_MAX_OUTPUT_TOKENS,
    responseMimeType: "application/json",
    responseSchema: RESPONSE_SCHEMA,
  };

  async function send(call: ModelCall, signal: AbortSignal): Promise<ModelResult> {
    const model = sdk.getGenerativeModel(
      { model: options.model, systemInstruction: call.instruction, generationConfig },
      { baseUrl },
    );
    const contents = call.turns.map((turn) => ({ role: turn.role, parts: turn.parts.map((text) => ({ text })) }));
    try {
      const { response } = await model.generateContent({ contents }, { signal });
      return readResponse(response);
    } catch (error) {
      if (error instanceof GoogleGenerativeAIFetchError && error.status !== undefined) {
        return failed(httpFailure(error.status, error.errorDetails), `HTTP ${error.status}`);
      }
      return failed({ kind: "unavailable" }, networkDetail(error));
    }
  }

  return {
    id: options.model,
    async generate(call) {
      if (call.timeoutMs <= 0) return failed({ kind: "timeout" }, "no time left for a call");
      // Our own timer decides: the SDK reports its timeout and an abort by the caller in the same way, and leaves a
      // timer running after each call.
      const abort = new AbortController();
      const { promise: timedOut, resolve } = Promise.withResolvers<ModelResult>();
      const cancel = options.clock.after(call.timeoutMs, () => {
        resolve(failed({ kind: "timeout" }, `no answer within ${call.timeoutMs} ms`));
        abort.abort();
      });
      try {
        return await Promise.race([send(call, abort.signal), timedOut]);
      } finally {
        cancel();
      }
    },
  };
}

function failed(failure: (ModelResult & { ok: false })["failure"], detail: string): ModelResult {
  return { ok: false, failure, detail, promptTokens: 0, responseTokens: 0 };
}

/** The kind of fault only: the SDK's message carries the address, and a body that did not parse may carry anything. */
function networkDetail(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
