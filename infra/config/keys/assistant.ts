import * as z from "zod";
import { key } from "../key.ts";
import { decimal, domains, flag, httpsUrl, integer } from "../values.ts";

/** The bot: its model, and what it may say. */
export const ASSISTANT_KEYS = {
  /** Default `https://generativelanguage.googleapis.com`. Gemini, or the simulator. */
  geminiBaseUrl: key("geminiBaseUrl", httpsUrl, {
    expected: "an https URL (http only on this machine)",
    example: "https://generativelanguage.googleapis.com",
    fallback: "https://generativelanguage.googleapis.com",
  }),
  /** Default `gemini-3.5-flash-lite`. A Flash model lives about a year: change it here when its end is announced. */
  geminiModel: key("geminiModel", z.string().regex(/^gemini-[a-z0-9.-]+$/), {
    expected: "the id of a Gemini model",
    example: "gemini-3.5-flash-lite",
    fallback: "gemini-3.5-flash-lite",
  }),
  /** Default 1, what Google asks to keep for Gemini 3: lower values make it repeat itself. */
  geminiTemperature: key("geminiTemperature", decimal(0, 2), {
    expected: "a number from 0 to 2",
    example: "1",
    fallback: "1",
  }),
  /** Default 1024 tokens of one answer, thinking included: an answer of 500 characters is some 170. */
  geminiMaxOutputTokens: key("geminiMaxOutputTokens", integer(64, 8192), {
    expected: "a whole number of tokens from 64 to 8192",
    example: "1024",
    fallback: "1024",
  }),
  /** Default 3000 estimated tokens of the conversation that the model reads: what most of an answer costs. */
  geminiHistoryTokens: key("geminiHistoryTokens", integer(100, 100_000), {
    expected: "a whole number of tokens from 100 to 100000",
    example: "3000",
    fallback: "3000",
  }),
  /** Default 8. Seconds for one answer in all; then the customer reads the fixed text. The worker's lease is 30 s. */
  answerDeadlineSeconds: key("answerDeadlineSeconds", integer(2, 15), {
    expected: "a whole number of seconds from 2 to 15",
    example: "8",
    fallback: "8",
  }),
  /** Default `servio.ai`, with what stands below it. An answer with any other address is never sent. */
  replyDomains: key("replyDomains", domains, {
    expected: "comma-separated host names, or nothing",
    example: "servio.ai,ajuda.example.com",
    fallback: "servio.ai",
  }),
  /** Default `true`: `ia_logs` keep `[telefone]`, `[email]`, `[cpf]` … instead of what was written. */
  maskIaLogs: key("maskIaLogs", flag, { expected: "true or false", example: "true", fallback: "true" }),
  /** Default 30. Minutes that a person has to take what the bot handed over before it offers itself again; 0: for ever. */
  handoffTimeoutMinutes: key("handoffTimeoutMinutes", integer(0, 1380), {
    expected: "a whole number of minutes from 0 to 1380 (an hour less than Meta's window)",
    example: "30",
    fallback: "30",
  }),
} as const;
