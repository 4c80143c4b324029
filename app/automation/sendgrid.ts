import * as z from "zod";
import type { EmailService, Mail, MailFailure, MailResult } from "./email.ts";

export interface SendGridOptions {
  readonly apiKey: string;
  /** `https://api.sendgrid.com`, or a simulator. */
  readonly baseUrl: string;
  readonly from: { readonly email: string; readonly name: string };
  /** For one call, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 10_000;

/** SendGrid, through its own client, which is loaded when the first e-mail is written. */
export function createSendGrid(options: SendGridOptions): EmailService {
  let loading: ReturnType<typeof load> | undefined;
  return {
    async send(mail) {
      loading ??= load(options);
      const service = await loading;
      try {
        const [response] = await service.send(messageOf(mail, options.from));
        const id: unknown = response.headers["x-message-id"];
        return typeof id === "string" ? { ok: true, providerId: id } : { ok: true };
      } catch (error) {
        return failureOf(error);
      }
    },
  };
}

/** What the package's types leave out: the client inside, which knows where SendGrid is. */
interface Inner {
  readonly client: { setDefaultRequest(key: "baseUrl", value: string): unknown };
}

async function load(options: SendGridOptions) {
  const service = (await import("@sendgrid/mail")).default;
  service.setApiKey(options.apiKey);
  service.setTimeout(options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const { client } = service as unknown as Inner;
  client.setDefaultRequest("baseUrl", `${options.baseUrl.replace(/\/+$/, "")}/`);
  return service;
}

function messageOf(mail: Mail, from: SendGridOptions["from"]) {
  return {
    to: mail.to,
    from: { ...from },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: { ...mail.headers },
    categories: [mail.category],
    customArgs: { message_id: mail.id },
    // Rewritten links would hide where they lead, the one that unsubscribes among them.
    trackingSettings: { clickTracking: { enable: false, enableText: false } },
  };
}

/** Faults after which the request certainly never left. */
const NEVER_LEFT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

const thrown = z.object({
  code: z.union([z.string(), z.number()]).optional(),
  message: z.string().catch(""),
  response: z
    .object({
      headers: z.record(z.string(), z.unknown()).catch({}),
      body: z
        .object({ errors: z.array(z.object({ message: z.string() })) })
        .optional()
        .catch(undefined),
    })
    .optional(),
});

/**
 * What can be done about what SendGrid's client throws.
 * Source: https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/responses
 */
export function failureOf(error: unknown): Extract<MailResult, { ok: false }> {
  const read = thrown.safeParse(error).data;
  const { code, response, message = String(error) } = read ?? {};
  if (!response || typeof code !== "number") {
    const never = typeof code === "string" && NEVER_LEFT.has(code);
    return { ok: false, failure: never ? "retry" : "unknown", code: 0, message: `SendGrid: ${code ?? ""} ${message}` };
  }
  const words = response.body?.errors.map((one) => one.message).join("; ") ?? message;
  const seconds = Number(response.headers["retry-after"] ?? Number.NaN);
  return {
    ok: false,
    failure: byStatus(code),
    code,
    message: `SendGrid ${code}: ${words}`,
    ...(Number.isFinite(seconds) && { retryAfterMs: seconds * 1000 }),
  };
}

function byStatus(status: number): MailFailure {
  if (status === 401 || status === 403) return "channel";
  if (status === 429 || status === 500 || status === 503) return "retry";
  // A gateway that gave up waiting does not know whether the message was queued.
  return status > 500 ? "unknown" : "message";
}
