import type { Model, ModelCall, ModelResult } from "../model.ts";

export interface ScriptedModel extends Model {
  readonly calls: ModelCall[];
}

/** A model that gives the next result of its script at each call, and the last one for ever after. */
export function scriptedModel(script: readonly (ModelResult | (() => ModelResult))[]): ScriptedModel {
  const calls: ModelCall[] = [];
  return {
    id: "gemini-exemplo",
    calls,
    async generate(call) {
      const step = script[Math.min(calls.length, script.length - 1)];
      calls.push(call);
      if (!step) throw new Error("the script is empty");
      return typeof step === "function" ? step() : step;
    },
  };
}

/** A structured answer as a result. */
export function says(reply: string, action = "continue", reason = ""): ModelResult {
  return { ok: true, text: JSON.stringify({ reply, action, reason }), promptTokens: 100, responseTokens: 20 };
}
