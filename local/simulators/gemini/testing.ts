import { GoogleGenerativeAI, type Schema, SchemaType } from "@google/generative-ai";
import type { Stage } from "../testing.ts";

/** The simulated model, asked through Google's own SDK. */

export const MODEL = "gemini-3.5-flash-lite";
export const schema: Schema = {
  type: SchemaType.OBJECT,
  properties: {
    reply: { type: SchemaType.STRING },
    action: { type: SchemaType.STRING, format: "enum", enum: ["continue", "handoff"] },
    reason: { type: SchemaType.STRING },
  },
  required: ["reply", "action"],
};

export function model(s: Stage, options: { name?: string; timeout?: number; system?: string; key?: string } = {}) {
  return new GoogleGenerativeAI(options.key ?? "a-key").getGenerativeModel(
    {
      model: options.name ?? MODEL,
      systemInstruction: options.system ?? "Você atende clientes. persona: cliente",
      generationConfig: { responseMimeType: "application/json", responseSchema: schema },
    },
    { baseUrl: s.simulators.geminiBaseUrl, ...(options.timeout === undefined ? {} : { timeout: options.timeout }) },
  );
}

export async function ask(s: Stage, text: string, options: Parameters<typeof model>[1] = {}) {
  const { response } = await model(s, options).generateContent(text);
  return { ...(JSON.parse(response.text()) as { reply: string; action: string; reason: string }), response };
}

export async function failWith(s: Stage, code: string): Promise<void> {
  await s.control("POST", "faults", { target: "gemini", mode: "error", code });
}
