import type { EmailContent } from "./trigger.ts";

/** One e-mail, ready to leave. */
export interface Mail {
  /** Ours; travels as a custom argument. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  /** For the service's own statistics. */
  readonly category: string;
}

/** Why an e-mail did not leave, by what can be done about it; as with channels. */
export type MailFailure = "retry" | "unknown" | "message" | "channel";

export type MailResult =
  | { readonly ok: true; readonly providerId?: string }
  | {
      readonly ok: false;
      readonly failure: MailFailure;
      /** HTTP status; 0 without an answer. */
      readonly code: number;
      readonly message: string;
      readonly retryAfterMs?: number;
    };

export interface EmailService {
  /** Never throws. */
  send(mail: Mail): Promise<MailResult>;
}

export interface MailFrame {
  /** Where the platform is, without a slash at its end. */
  readonly siteUrl: string;
  readonly unsubscribeUrl: string;
}

/** The same content as plain text and as HTML, each with the way out. */
export function renderMail(
  content: EmailContent,
  frame: MailFrame,
): Pick<Mail, "subject" | "text" | "html" | "headers"> {
  const link = `${frame.siteUrl}${content.callToAction.path}`;
  const farewell = "Você recebe este e-mail porque tem contato com a Servio.AI.";
  const text = [
    ...content.paragraphs,
    `${content.callToAction.label}: ${link}`,
    "Servio.AI",
    `${farewell} Para não receber mais mensagens automáticas: ${frame.unsubscribeUrl}`,
  ].join("\n\n");
  const paragraphs = content.paragraphs.map((one) => `<p style="${PARAGRAPH}">${escapeHtml(one)}</p>`).join("\n");
  const html = `<!doctype html>
<html lang="pt-BR">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(content.subject)}</title></head>
<body style="margin:0;background:#f6f5f3">
<div style="max-width:560px;margin:0 auto;padding:32px 24px;background:#fff;font-family:system-ui,sans-serif;color:#222">
${paragraphs}
<p style="margin:28px 0"><a href="${escapeHtml(link)}" style="${BUTTON}">${escapeHtml(content.callToAction.label)}</a></p>
<p style="${PARAGRAPH}">Servio.AI</p>
<p style="margin:32px 0 0;font-size:13px;line-height:20px;color:#666">${farewell}
<a href="${escapeHtml(frame.unsubscribeUrl)}" style="color:#666">Não quero mais receber mensagens automáticas</a></p>
</div>
</body>
</html>`;
  return {
    subject: content.subject,
    text,
    html,
    // RFC 8058: the mail program's own button, one click without a page in between.
    headers: {
      "List-Unsubscribe": `<${frame.unsubscribeUrl}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    },
  };
}

const PARAGRAPH = "margin:0 0 16px;font-size:16px;line-height:24px";
const BUTTON =
  "display:inline-block;padding:12px 20px;border-radius:6px;background:#0f5c5c;color:#fff;font-size:16px;text-decoration:none";

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
