import pino from "pino";
import { USER_TYPES } from "../../conversations/model.ts";
import type { AnswerRequest, Turn } from "../assistant.ts";
import { createAssistantWith } from "../create.ts";
import { ORDINARY_ANSWERS } from "../testing/ordinary-answers.ts";

/** What our own code adds to an answer: everything but the model, which here answers at once. */

export interface Overhead {
  readonly answers: number;
  /** Milliseconds of processor time per answer, on average: the same on a busy machine. */
  readonly cpu: number;
  /** Milliseconds per answer. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** The longest conversation that the worker hands over: twenty messages, facts, a name. */
function longRequest(index: number): AnswerRequest {
  const history = Array.from({ length: 20 }, (_, at): Turn => {
    const text = ORDINARY_ANSWERS[(index + at) % ORDINARY_ANSWERS.length] ?? "";
    return { author: at % 2 === 1 ? "customer" : "bot", text: `${text} ${text}`, at };
  });
  return {
    conversationId: `webchat_${index}`,
    channel: "webchat",
    userType: USER_TYPES[index % USER_TYPES.length] ?? "cliente",
    customerName: "Cliente de exemplo",
    history,
    facts: Array.from({ length: 10 }, (_, fact) => `Pedido "Exemplo ${fact}": em progresso.`),
  };
}

/** @param answers how many to measure, after a tenth of them for warming up */
export async function measureOverhead(answers: number): Promise<Overhead> {
  const model = {
    id: "gemini-exemplo",
    generate: async () => {
      const reply = ORDINARY_ANSWERS.slice(0, 6).join(" ");
      const text = JSON.stringify({ reply, action: "continue", reason: "" });
      return { ok: true as const, text, promptTokens: 0, responseTokens: 0 };
    },
  };
  const assistant = createAssistantWith(model, pino({ enabled: false }));
  const warmUp = Math.ceil(answers / 10);
  const times: number[] = [];
  let start = process.cpuUsage();
  for (let index = 0; index < warmUp + answers; index += 1) {
    if (index === warmUp) start = process.cpuUsage();
    const request = longRequest(index);
    const before = performance.now();
    await assistant.answer(request);
    if (index >= warmUp) times.push(performance.now() - before);
  }
  const { user, system } = process.cpuUsage(start);
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { answers, cpu: (user + system) / 1000 / answers, p50: at(0.5), p99: at(0.99), max: at(1) };
}

if (import.meta.main) {
  const { answers, cpu, p50, p99, max } = await measureOverhead(2000);
  const figures = { cpu, p50, p99, max };
  const shown = Object.entries(figures).map(([name, ms]) => `${name} ${ms.toFixed(2)} ms`);
  console.log(`own code per answer, ${answers} answers: ${shown.join(", ")}`);
}
