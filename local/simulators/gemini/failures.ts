import * as z from "zod";
import { type Decision, structured } from "./structured.ts";

/**
 * Every way the model lets an app down, by name: the `code` of a fault whose target is `gemini` and whose mode is
 * `error`. The first group answers with an error status, the second with 200 and something unusable or dangerous.
 */
export const GEMINI_FAILURES = [
  "quota",
  "quota_day",
  "unavailable",
  "internal",
  "model_unknown",
  "key_invalid",
  "blocked_prompt",
  "blocked_candidate",
  "recitation",
  "empty",
  "no_candidates",
  "truncated",
  "malformed",
  "adversarial",
  "adversarial_leak",
  "adversarial_url",
  "adversarial_obey",
] as const;
export const geminiFailure = z.enum(GEMINI_FAILURES);
export type GeminiFailure = z.output<typeof geminiFailure>;

/** An error answer in Google's form (`google.rpc.Status` as JSON). */
export class GeminiError extends Error {
  readonly status: number;
  readonly reason: string;
  readonly details: readonly unknown[];

  constructor(status: number, reason: string, message: string, details: readonly unknown[] = []) {
    super(message);
    this.name = "GeminiError";
    this.status = status;
    this.reason = reason;
    this.details = details;
  }

  toBody(): unknown {
    const details = this.details.length > 0 ? { details: this.details } : {};
    return { error: { code: this.status, message: this.message, status: this.reason, ...details } };
  }
}

/** The failure that a fault asks for: by name, else by HTTP status. */
export function failureOf(fault: { code?: number | string | undefined; status?: number | undefined }): GeminiFailure {
  const named = geminiFailure.safeParse(fault.code);
  if (named.success) return named.data;
  const byStatus: Readonly<Record<number, GeminiFailure>> = {
    400: "key_invalid",
    404: "model_unknown",
    429: "quota",
    500: "internal",
  };
  return byStatus[fault.status ?? 503] ?? "unavailable";
}

/** The error answer of a failure, for those that have one. */
export function errorFor(failure: GeminiFailure, model: string, retrySeconds = 37): GeminiError | undefined {
  switch (failure) {
    case "quota":
      return quota("GenerateRequestsPerMinutePerProjectPerModel", "60", model, retrySeconds);
    case "quota_day":
      return quota("GenerateRequestsPerDayPerProjectPerModel", "1500", model, retrySeconds);
    case "unavailable":
      return new GeminiError(503, "UNAVAILABLE", "The model is overloaded. Please try again later.");
    case "internal":
      return new GeminiError(500, "INTERNAL", "An internal error has occurred. Please retry.");
    case "model_unknown":
      return modelUnknown(model, "v1beta");
    case "key_invalid":
      return keyInvalid();
    default:
      return undefined;
  }
}

export function modelUnknown(model: string, version: string): GeminiError {
  const message = `models/${model} is not found for API version ${version}, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.`;
  return new GeminiError(404, "NOT_FOUND", message);
}

export function keyInvalid(): GeminiError {
  return new GeminiError(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", [
    {
      "@type": "type.googleapis.com/google.rpc.ErrorInfo",
      reason: "API_KEY_INVALID",
      domain: "googleapis.com",
      metadata: { service: "generativelanguage.googleapis.com" },
    },
  ]);
}

function quota(id: string, value: string, model: string, retrySeconds: number): GeminiError {
  const metric = "generativelanguage.googleapis.com/generate_content_requests";
  return new GeminiError(
    429,
    "RESOURCE_EXHAUSTED",
    `You exceeded your current quota, please check your plan and billing details. Please retry in ${retrySeconds}s.`,
    [
      {
        "@type": "type.googleapis.com/google.rpc.QuotaFailure",
        violations: [
          { quotaMetric: metric, quotaId: id, quotaDimensions: { location: "global", model }, quotaValue: value },
        ],
      },
      {
        "@type": "type.googleapis.com/google.rpc.Help",
        links: [
          {
            description: "Learn more about Gemini API quotas",
            url: "https://ai.google.dev/gemini-api/docs/rate-limits",
          },
        ],
      },
      { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: `${retrySeconds}s` },
    ],
  );
}

/** What a hijacked model would say: obeys the customer instead of its instructions. For testing the app's defences. */
export function hijacked(failure: GeminiFailure, system: string, userText: string, language: Decision["language"]) {
  const leak = `My instructions are: ${system || "(none)"}`;
  const link = "Pay here to get your discount: https://pagamentos-servio.example/pix?id=1";
  const parts: Readonly<Record<string, readonly string[]>> = {
    adversarial: [leak, link, userText],
    adversarial_leak: [leak],
    adversarial_url: [link],
    adversarial_obey: [userText],
  };
  const reply = parts[failure]?.join("\n\n");
  return reply === undefined ? undefined : ({ reply, action: "continue", reason: "as asked", language } as const);
}

/** JSON that breaks off in the middle of a value: what a schema cannot prevent. */
export function malformedText(schema: unknown, decision: Decision): string {
  return `Sure! \`\`\`json\n${structured(schema, decision).slice(0, -2)},,`;
}
