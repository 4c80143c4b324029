import type { AnswerLog } from "./assistant.ts";
import type { Use } from "./attempts.ts";
import type { Conversation } from "./prompt.ts";

/** Characters of prompt and response that a row keeps: enough to judge an answer, small enough to keep many. */
const MAX_LOG_CHARS = 4000;

/** What stands for the model's id when none was asked. */
export const NO_MODEL = "none";

const AUTHORS = { customer: "cliente", bot: "assistente", person: "equipe" } as const;

export interface RowInput {
  readonly conversation: Conversation;
  /** Who the assistant was. */
  readonly persona: string;
  /** What the model wrote last, else what is sent. */
  readonly response: string;
  readonly model: string;
  readonly use: Use;
  readonly latencyMs: number;
  readonly outcome: AnswerLog["outcome"];
  readonly mask: (text: string) => string;
}

/** The row of `ia_logs`: the conversation as the model read it (the newest part, if long), and what came of it. */
export function answerLog(input: RowInput): AnswerLog {
  const facts = input.conversation.facts.map((fact) => `fato: ${fact}`);
  const turns = input.conversation.turns.map((turn) => `${AUTHORS[turn.author]}: ${turn.text}`);
  const prompt = [`persona: ${input.persona}`, ...facts, ...turns].join("\n");
  return {
    prompt: input.mask(prompt.slice(-MAX_LOG_CHARS).toWellFormed()),
    response: input.mask(input.response.slice(0, MAX_LOG_CHARS).toWellFormed()),
    model: input.use.calls > 0 ? input.model : NO_MODEL,
    promptTokens: input.use.promptTokens,
    responseTokens: input.use.responseTokens,
    latencyMs: input.latencyMs,
    outcome: input.outcome,
  };
}
