import * as z from "zod";
import type { ModelFailure, ModelResult } from "./model.ts";

/** What Gemini's REST API answers, read leniently: unknown fields and values are expected to come. */

const count = z.number().nonnegative().catch(0).default(0);

const responseSchema = z.object({
  candidates: z
    .array(
      z.object({
        finishReason: z.string().optional(),
        content: z
          .object({
            parts: z.array(z.object({ text: z.string().optional(), thought: z.boolean().optional() })).optional(),
          })
          .optional(),
      }),
    )
    .optional(),
  promptFeedback: z.object({ blockReason: z.string().optional() }).optional(),
  usageMetadata: z
    .object({ promptTokenCount: count, candidatesTokenCount: count, thoughtsTokenCount: count })
    .optional(),
});

/**
 * Finish reasons where the provider judged the content harmful; another try would be judged alike.
 * https://ai.google.dev/api/generate-content#FinishReason
 */
const FINAL_BLOCKS = new Set(["SAFETY", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY"]);
const GOOD_ENDS = new Set(["STOP", "FINISH_REASON_UNSPECIFIED"]);

/** Turns an answer with status 200 into text or a typed failure. */
export function readResponse(body: unknown): ModelResult {
  const parsed = responseSchema.safeParse(body);
  if (!parsed.success) {
    return { ok: false, failure: { kind: "unavailable" }, detail: "not an answer of the API", ...NO_TOKENS };
  }
  const { candidates, promptFeedback, usageMetadata } = parsed.data;
  const use = {
    promptTokens: usageMetadata?.promptTokenCount ?? 0,
    // Thinking is billed as output.
    responseTokens: (usageMetadata?.candidatesTokenCount ?? 0) + (usageMetadata?.thoughtsTokenCount ?? 0),
  };
  const candidate = candidates?.[0];
  if (!candidate) {
    const reason = promptFeedback?.blockReason ?? "NO_CANDIDATE";
    const retry = promptFeedback?.blockReason === undefined;
    return { ok: false, failure: { kind: "blocked", reason, retry }, detail: `prompt: ${reason}`, ...use };
  }
  const end = candidate.finishReason ?? "STOP";
  if (end === "MAX_TOKENS") {
    return { ok: false, failure: { kind: "unusable", reason: "max_tokens" }, detail: end, ...use };
  }
  if (!GOOD_ENDS.has(end)) {
    const failure: ModelFailure = { kind: "blocked", reason: end, retry: !FINAL_BLOCKS.has(end) };
    return { ok: false, failure, detail: `candidate: ${end}`, ...use };
  }
  const text = (candidate.content?.parts ?? [])
    .filter((part) => part.thought !== true)
    .map((part) => part.text ?? "")
    .join("");
  if (text.trim() === "") {
    return { ok: false, failure: { kind: "unusable", reason: "empty" }, detail: "empty answer", ...use };
  }
  return { ok: true, text, ...use };
}

const NO_TOKENS = { promptTokens: 0, responseTokens: 0 } as const;

const retryInfo = z.object({ "@type": z.string().endsWith("RetryInfo"), retryDelay: z.string() });
const quotaFailure = z.object({
  "@type": z.string().endsWith("QuotaFailure"),
  violations: z.array(z.object({ quotaId: z.string().optional() })),
});
const errorInfo = z.object({ "@type": z.string().endsWith("ErrorInfo"), reason: z.string() });

/**
 * The typed failure of an HTTP error. Details are `google.rpc` messages.
 * https://ai.google.dev/gemini-api/docs/troubleshooting · https://cloud.google.com/apis/design/errors#error_details
 */
export function httpFailure(status: number, details: unknown): ModelFailure {
  const list: unknown[] = Array.isArray(details) ? details : [];
  if (status === 429) {
    const retryAfterMs = list.map(retryDelayMs).find((ms) => ms !== undefined);
    const perDay = list.some((detail) => {
      const quota = quotaFailure.safeParse(detail);
      return quota.success && quota.data.violations.some((violation) => violation.quotaId?.includes("PerDay"));
    });
    return retryAfterMs === undefined ? { kind: "rate", perDay } : { kind: "rate", perDay, retryAfterMs };
  }
  if (status === 404) return { kind: "model_unknown" };
  if (status >= 500 || status === 408 || status === 499) return { kind: "unavailable" };
  // A wrong key is 400 with API_KEY_INVALID, a key without rights 403; a plain 400 concerns this one request.
  const keyRefused = list.some((detail) => errorInfo.safeParse(detail).data?.reason.startsWith("API_KEY") === true);
  return { kind: "refused", account: status === 401 || status === 403 || keyRefused };
}

/** `37s`, `20.223932614s` (protobuf Duration as JSON). */
function retryDelayMs(detail: unknown): number | undefined {
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(retryInfo.safeParse(detail).data?.retryDelay ?? "")?.[1];
  return seconds === undefined ? undefined : Math.ceil(Number(seconds) * 1000);
}
