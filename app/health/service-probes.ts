import * as z from "zod";
import type { Check } from "./model.ts";

/** The services that the channels lean on. */

export interface SendGridProbe {
  readonly baseUrl: string;
  readonly apiKey: string;
}

export interface GeminiProbe {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly model: string;
}

const TIMEOUT_MS = 8_000;
/** Without the list nothing can be said, and the model is taken as it is. */
const model = z.object({ supportedGenerationMethods: z.array(z.string()).optional() });
const scopes = z.object({ scopes: z.array(z.string()) });

/** Whether the key may send. Source: https://www.twilio.com/docs/sendgrid/api-reference/api-key-permissions */
export async function probeSendGrid(service: SendGridProbe): Promise<Check[]> {
  const url = `${service.baseUrl.replace(/\/+$/, "")}/v3/scopes`;
  const read = await ask(url, { authorization: `Bearer ${service.apiKey}`, accept: "application/json" });
  if (read.status === 0) return [failed("sendgrid", "unreachable", "O SendGrid não respondeu.")];
  if (read.status === 401 || read.status === 403) {
    return [failed("sendgrid", "key_refused", "O SendGrid recusou a chave. Gere outra e atualize o segredo.")];
  }
  if (read.status !== 200) return [failed("sendgrid", `http_${read.status}`, `O SendGrid respondeu ${read.status}.`)];
  if (scopes.safeParse(read.body).data?.scopes.includes("mail.send") === true)
    return [{ name: "sendgrid", state: "ok" }];
  return [failed("sendgrid", "permission_missing", "A chave do SendGrid não pode enviar: falta o escopo mail.send.")];
}

/**
 * Whether the model still exists and writes answers: Google retires one about a year after it appeared.
 * Source: https://ai.google.dev/api/models#method:-models.get
 */
export async function probeGemini(service: GeminiProbe, fetcher: typeof fetch = fetch): Promise<Check[]> {
  const url = `${service.baseUrl.replace(/\/+$/, "")}/v1beta/models/${service.model}`;
  const read = await ask(url, { "x-goog-api-key": service.apiKey }, fetcher);
  if (read.status === 200) {
    const methods = model.safeParse(read.body).data?.supportedGenerationMethods ?? ["generateContent"];
    if (methods.includes("generateContent")) return [{ name: "gemini", state: "ok" }];
    const advice = `O modelo ${service.model} não escreve respostas. Escolha outro na configuração geminiModel.`;
    return [failed("gemini", "model_unfit", advice)];
  }
  if (read.status === 0) return [failed("gemini", "unreachable", "O Gemini não respondeu.")];
  if (read.status === 404) {
    const advice = `O modelo ${service.model} não existe mais. Escolha outro na configuração geminiModel.`;
    return [failed("gemini", "model_gone", advice)];
  }
  if (read.status === 400 || read.status === 401 || read.status === 403) {
    return [failed("gemini", "key_refused", "O Gemini recusou a chave. Gere outra e atualize o segredo.")];
  }
  if (read.status === 429) {
    const advice = "A cota do Gemini acabou por agora; os clientes recebem o texto de espera.";
    return [{ name: "gemini", state: "warning", code: "quota", advice }];
  }
  return [failed("gemini", `http_${read.status}`, `O Gemini respondeu ${read.status}.`)];
}

function failed(name: string, code: string, advice: string): Check {
  return { name, state: "failed", code, advice };
}

/** Status 0: no answer. */
async function ask(
  url: string,
  headers: Record<string, string>,
  fetcher: typeof fetch = fetch,
): Promise<{ status: number; body: unknown }> {
  try {
    const response = await fetcher(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = await response.text();
    return { status: response.status, body: response.ok ? JSON.parse(text) : undefined };
  } catch (error) {
    // The network's word or an unreadable answer: either way there is none. The check says so.
    return { status: 0, body: error instanceof Error ? error.message : undefined };
  }
}
