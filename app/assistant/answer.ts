import { type Language, USER_TYPES, type UserType } from "../conversations/model.ts";
import type { AnswerRejectedLine, CallFailedLine } from "../telemetry/assistant-events.ts";
import type { Log } from "../telemetry/log.ts";
import { type Answer, type AnswerFailure, type AnswerLog, type AnswerRequest, FALLBACK_TEXT } from "./assistant.ts";
import { type AskContext, addUse, askModel, NO_USE, type Use } from "./attempts.ts";
import type { Clock } from "./clock.ts";
import type { Gate } from "./gate.ts";
import { type Fingerprint, fingerprint } from "./guard/leak.ts";
import { knownIdentifiers } from "./guard/personal.ts";
import type { GuardContext } from "./guard.ts";
import { asksForPerson } from "./handoff.ts";
import { adviceFor, type Fault, type Judgement, judge } from "./judge.ts";
import { detectLanguage } from "./language.ts";
import { REPLY_LIMITS } from "./limits.ts";
import type { Model } from "./model.ts";
import { instructionFor } from "./personas.ts";
import { type Conversation, modelTurns, readConversation } from "./prompt.ts";
import { answerLog, NO_MODEL } from "./row.ts";
import { HANDOFF_TEXT, UNABLE_TEXT } from "./texts.ts";

/** Everything that stays the same from one answer to the next. */
export interface Settings {
  readonly model: Model;
  readonly gate: Gate;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly deadlineMs: number;
  readonly historyTokens: number;
  readonly allowedDomains: readonly string[];
  readonly secrets: readonly string[];
  readonly mask: (text: string) => string;
}

/** One answer in the making. */
interface Work {
  readonly settings: Settings;
  readonly request: AnswerRequest;
  readonly conversation: Conversation;
  readonly language: Language;
  readonly startedAt: number;
}

/** What the model's calls came to. */
type Outcome = { readonly use: Use } & (
  | Exclude<Judgement, { kind: "rejected" }>
  | { readonly kind: "failure"; readonly failure: AnswerFailure; readonly written: string }
);

/** What each persona is told, and how it is recognised: made once. */
const BRIEFS = Object.fromEntries(
  USER_TYPES.map((userType) => {
    const instruction = instructionFor(userType);
    return [userType, { instruction: instruction.text, print: fingerprint(instruction) }];
  }),
) as Readonly<Record<UserType, { instruction: string; print: Fingerprint }>>;

/** How many of our last messages are read together with a new one. */
const SAID_TURNS = 8;

/** Calls for a second try after an answer that may not be sent. */
const REPAIRS = 1;

/** The way of one answer: a plain wish for a person first, then the model, then the guard, once more if that may help. */
export async function answer(request: AnswerRequest, settings: Settings): Promise<Answer> {
  const startedAt = settings.clock.now();
  const conversation = readConversation(request, settings.historyTokens);
  const language = detectLanguage(customerTexts(conversation).reverse());
  const work: Work = { settings, request, conversation, language, startedAt };
  const asked = conversation.burst.map((turn) => turn.text);
  if (asked.length === 0) return handOff(work, UNABLE_TEXT[language], "nothing_to_answer");
  if (asksForPerson(asked)) return handOff(work, HANDOFF_TEXT[language], "customer_asked");
  return conclude(work, await consult(work));
}

/** The last resort, for a fault of our own: nothing is known but the request. */
export function lastResort(request: AnswerRequest): Answer {
  const log = { prompt: "", response: "", model: NO_MODEL, promptTokens: 0, responseTokens: 0, latencyMs: 0 };
  const outcome = { outcome: "fallback", text: FALLBACK_TEXT, failure: "unavailable", language: "pt" } as const;
  return { ...outcome, log: { ...log, outcome: "unavailable", prompt: `persona: ${request.userType}` } };
}

/** Asks the model, and once more with advice when what it wrote may not be sent. */
async function consult(work: Work): Promise<Outcome> {
  const { instruction, print } = BRIEFS[work.request.userType];
  const turns = modelTurns(work.conversation);
  const guard = guardContext(work, print);
  let use = NO_USE;
  let advice = "";
  let rejected: { failure: AnswerFailure; written: string } | undefined;
  for (let round = 0; ; round += 1) {
    const asked = await askModel({ instruction: instruction + advice, turns }, askContext(work, use));
    use = addUse(use, asked.use);
    // A second try that fails says less than the first: the model is there, and a person must go on.
    if (!asked.ok && asked.failure !== "malformed") {
      return { kind: "failure", ...(rejected ?? { failure: asked.failure, written: "" }), use };
    }
    const judged = asked.ok ? judge(asked.text, guard, work.language) : CUT_SHORT;
    if (judged.kind !== "rejected") return { ...judged, use };
    logRejection(work, judged.faults);
    rejected = { failure: judged.faults.includes("malformed") ? "malformed" : "unsafe", written: judged.written };
    if (round === REPAIRS) return { kind: "failure", ...rejected, use };
    advice = `\n${adviceFor(judged.faults)}`;
  }
}

/** An answer that ended at the token limit, or before it began. */
const CUT_SHORT: Judgement = { kind: "rejected", faults: ["malformed"], written: "" };

/** Failures in which the model is there but says nothing that may be sent: a person goes on at once. */
const FOR_A_PERSON: ReadonlySet<AnswerFailure> = new Set(["blocked", "malformed", "unsafe"]);

function conclude(work: Work, outcome: Outcome): Answer {
  const { language } = work;
  switch (outcome.kind) {
    case "reply":
      return { outcome: "reply", text: outcome.text, language, log: row(work, outcome, "reply") };
    case "handoff": {
      const { text, reason } = outcome;
      return { outcome: "handoff", text, reason, language, log: row(work, outcome, "handoff") };
    }
    case "failure": {
      const { failure } = outcome;
      const log = row(work, outcome, failure);
      if (!FOR_A_PERSON.has(failure)) return { outcome: "fallback", text: FALLBACK_TEXT, failure, language, log };
      return { outcome: "handoff", text: UNABLE_TEXT[language], reason: `answer_${failure}`, language, log };
    }
  }
}

/** A hand-off that no model was asked about. */
function handOff(work: Work, text: string, reason: string): Answer {
  const log = row(work, { written: text, use: NO_USE }, "handoff");
  return { outcome: "handoff", text, reason, language: work.language, log };
}

function row(work: Work, done: { written: string; use: Use }, outcome: AnswerLog["outcome"]): AnswerLog {
  const { settings, conversation, request, startedAt } = work;
  return answerLog({
    conversation,
    persona: request.userType,
    response: done.written,
    model: settings.model.id,
    use: done.use,
    latencyMs: settings.clock.now() - startedAt,
    outcome,
    mask: settings.mask,
  });
}

/** Everything said in the conversation counts as known, beyond what the model is shown of it. */
function guardContext(work: Work, print: Fingerprint): GuardContext {
  const { settings, request, conversation } = work;
  const saidByUs = conversation.turns.filter((turn) => turn.author === "bot").slice(-SAID_TURNS);
  return {
    print,
    said: saidByUs.map((turn) => turn.text).join("\n"),
    known: knownIdentifiers([...request.history.map((turn) => turn.text), ...conversation.facts]),
    allowedDomains: settings.allowedDomains,
    secrets: settings.secrets,
    limit: REPLY_LIMITS[request.channel],
  };
}

function askContext(work: Work, used: Use): AskContext {
  const { settings, request, startedAt } = work;
  return {
    model: settings.model,
    gate: settings.gate,
    clock: settings.clock,
    random: settings.random,
    deadline: startedAt + settings.deadlineMs,
    callsBefore: used.calls,
    onFailure: (failure, detail, call) => {
      // A model or key that does not work needs somebody to mend the configuration.
      const level = failure.kind === "model_unknown" || failure.kind === "refused" ? "error" : "warn";
      const line: CallFailedLine = {
        event: "ia_call_failed",
        conversationId: request.conversationId,
        model: settings.model.id,
        failure: failure.kind,
        detail,
        call,
      };
      settings.log[level](line, `[Omni IA] Falha do modelo: ${failure.kind}`);
    },
  };
}

function logRejection(work: Work, faults: readonly Fault[]): void {
  const { settings, request } = work;
  const line: AnswerRejectedLine = {
    event: "ia_answer_rejected",
    conversationId: request.conversationId,
    model: settings.model.id,
    faults,
  };
  settings.log.warn(line, `[Omni IA] Resposta recusada: ${faults.join(", ")}`);
}

function customerTexts(conversation: Conversation): string[] {
  return conversation.turns.filter((turn) => turn.author === "customer").map((turn) => turn.text);
}
