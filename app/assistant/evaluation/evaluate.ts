import type { AnswerRequest, Assistant, Turn } from "../assistant.ts";
import type { EvaluationCase } from "./case.ts";
import { type Fault, faultsOf } from "./score.ts";

/** Asks the assistant every case and adds up how it did. */

export interface Result {
  readonly one: EvaluationCase;
  readonly text: string;
  readonly faults: readonly Fault[];
  readonly promptTokens: number;
  readonly responseTokens: number;
  readonly latencyMs: number;
}

export interface Score {
  readonly name: string;
  readonly cases: number;
  readonly good: number;
  /** Average tokens of an answer. */
  readonly promptTokens: number;
  readonly responseTokens: number;
  /** Median milliseconds. */
  readonly latencyMs: number;
}

/** @param together how many conversations are under way at a time */
export async function evaluate(
  assistant: Assistant,
  cases: readonly EvaluationCase[],
  together: number,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = cases.entries();
  const worker = async () => {
    for (const [index, one] of queue) {
      const answer = await assistant.answer(requestOf(one));
      const { promptTokens, responseTokens, latencyMs } = answer.log;
      results[index] = {
        one,
        text: answer.text,
        faults: faultsOf(one, answer),
        promptTokens,
        responseTokens,
        latencyMs,
      };
    }
  };
  await Promise.all(Array.from({ length: together }, worker));
  return results;
}

/** One line for each persona, each language, and the whole. */
export function scores(results: readonly Result[]): Score[] {
  const groups = new Map<string, Result[]>();
  for (const result of results) {
    for (const name of [result.one.userType, result.one.language, "all"]) {
      groups.set(name, [...(groups.get(name) ?? []), result]);
    }
  }
  return [...groups].map(([name, group]) => scoreOf(name, group)).sort((a, b) => a.cases - b.cases);
}

function scoreOf(name: string, group: readonly Result[]): Score {
  const average = (value: (result: Result) => number) =>
    Math.round(group.reduce((sum, result) => sum + value(result), 0) / group.length);
  const latencies = group.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
  return {
    name,
    cases: group.length,
    good: group.filter(({ faults }) => faults.length === 0).length,
    promptTokens: average(({ promptTokens }) => promptTokens),
    responseTokens: average(({ responseTokens }) => responseTokens),
    latencyMs: latencies[Math.floor(latencies.length / 2)] ?? 0,
  };
}

function requestOf(one: EvaluationCase): AnswerRequest {
  const said: Turn[] = one.says.map((text, index) => ({ author: "customer", text, at: 1000 + index }));
  return {
    conversationId: `webchat_${one.id}`,
    channel: "webchat",
    userType: one.userType,
    history: [...(one.earlier ?? []), ...said],
    facts: one.facts ?? [],
    customerName: one.name ?? "Cliente de exemplo",
  };
}
