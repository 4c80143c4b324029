export type { Answer, AnswerFailure, AnswerLog, AnswerRequest, Assistant, Turn } from "./assistant.ts";
export { FALLBACK_TEXT } from "./assistant.ts";
export { type CustomerContext, createContext, type FactsRequest } from "./context.ts";
export { type AssistantLimits, type AssistantOptions, createAssistant, createAssistantWith } from "./create.ts";
export { detectLanguage } from "./language.ts";
export { maskPersonalData } from "./mask.ts";
