import type { AnswerLine } from "../telemetry/assistant-events.ts";
import type { Log } from "../telemetry/log.ts";
import { answer, lastResort, type Settings } from "./answer.ts";
import type { Answer, AnswerRequest, Assistant } from "./assistant.ts";
import { type Clock, systemClock } from "./clock.ts";
import { createGate } from "./gate.ts";
import { createGemini } from "./gemini.ts";
import { ALLOWED_DOMAINS, DEADLINE_MS } from "./limits.ts";
import { maskPersonalData } from "./mask.ts";
import type { Model } from "./model.ts";
import { HISTORY_TOKENS } from "./prompt.ts";
import { NO_MODEL } from "./row.ts";

export interface AssistantLimits {
  /** Milliseconds for one answer in all. @default 8000 */
  readonly deadlineMs?: number;
  /** Estimated tokens of history that the model reads. @default 3000 */
  readonly historyTokens?: number;
  /** Domains that a reply may link to, with what stands below them. @default ["servio.ai"] */
  readonly allowedDomains?: readonly string[];
  /** Values that may never be sent, such as the process's own secrets. The API key is always one. @default [] */
  readonly secrets?: readonly string[];
  /** Whether `ia_logs` rows hold `[telefone]` instead of a telephone number, and so on. @default true */
  readonly maskPersonalData?: boolean;
  /** @default Math.random */
  readonly random?: () => number;
  /** @default the system's */
  readonly clock?: Clock;
}

export interface AssistantOptions extends AssistantLimits {
  readonly apiKey: string;
  /** `https://generativelanguage.googleapis.com`, or the simulator. */
  readonly baseUrl: string;
  /** `gemini-3.5-flash-lite` */
  readonly model: string;
  readonly log: Log;
  /** @default 1 */
  readonly temperature?: number;
  /** @default 1024 */
  readonly maxOutputTokens?: number;
}

/**
 * The assistant, answered for by Gemini. One per process: the circuit breaker and the knowledge of used-up quotas are its own.
 *
 * @example
 * const assistant = createAssistant({ apiKey, baseUrl, model: "gemini-3.5-flash-lite", log });
 * const answer = await assistant.answer({ conversationId, channel, userType, history, facts });
 */
export function createAssistant(options: AssistantOptions): Assistant {
  const { apiKey, baseUrl, model, temperature, maxOutputTokens, clock = systemClock } = options;
  const gemini = createGemini({
    apiKey,
    baseUrl,
    model,
    clock,
    ...(temperature === undefined ? {} : { temperature }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
  });
  return createAssistantWith(gemini, options.log, { ...options, secrets: [apiKey, ...(options.secrets ?? [])] });
}

/** The assistant over any model. */
export function createAssistantWith(model: Model, log: Log, limits: AssistantLimits = {}): Assistant {
  const settings: Settings = {
    model,
    log,
    gate: createGate(),
    clock: limits.clock ?? systemClock,
    random: limits.random ?? Math.random,
    deadlineMs: limits.deadlineMs ?? DEADLINE_MS,
    historyTokens: limits.historyTokens ?? HISTORY_TOKENS,
    allowedDomains: (limits.allowedDomains ?? ALLOWED_DOMAINS).map((domain) => domain.toLowerCase()),
    secrets: limits.secrets ?? [],
    mask: (limits.maskPersonalData ?? true) ? maskPersonalData : (text) => text,
  };
  return {
    async answer(request) {
      const given = await answerOrLastResort(request, settings);
      const line = lineOf(request, given);
      log.info(line, `[Omni IA] Resposta: ${line.outcome}`);
      return given;
    },
  };
}

async function answerOrLastResort(request: AnswerRequest, settings: Settings): Promise<Answer> {
  try {
    return await answer(request, settings);
  } catch (error) {
    // A fault of ours must not cost the customer the answer, nor the worker its run.
    const fields = { err: error, conversationId: request.conversationId };
    settings.log.error(fields, "[Omni IA] Falha interna ao responder");
    return lastResort(request);
  }
}

function lineOf({ conversationId, channel, userType }: AnswerRequest, { log }: Answer): AnswerLine {
  const { outcome, model, latencyMs, promptTokens, responseTokens } = log;
  return {
    event: "ia_answer",
    conversationId,
    channel,
    userType,
    outcome,
    model,
    promptTokens,
    responseTokens,
    ...(model !== NO_MODEL && { aiLatencyMs: latencyMs }),
  };
}
