/** What a post to Slack came to. */
export type SlackResult =
  | { readonly ok: true }
  /** `retry`: later may work; else the address itself is wrong. */
  | { readonly ok: false; readonly retry: boolean; readonly message: string };

export interface SlackWebhook {
  /** Never throws. @param title one line · @param detail what to know and do */
  post(title: string, detail: string): Promise<SlackResult>;
}

const TIMEOUT_MS = 8_000;

/**
 * An incoming webhook: answers `ok`, or a plain word that says what is wrong.
 * Source: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
export function createSlack(url: string): SlackWebhook {
  return {
    async post(title, detail) {
      const [heading, body] = [escapeSlack(title), escapeSlack(detail)];
      try {
        const response = await fetch(url, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({
            text: `${heading}: ${body}`,
            blocks: [{ type: "section", text: { type: "mrkdwn", text: `*${heading}*\n${body}` } }],
          }),
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        const text = (await response.text()).slice(0, 200);
        if (response.ok) return { ok: true };
        const retry = response.status === 429 || response.status >= 500;
        return { ok: false, retry, message: `Slack ${response.status}: ${text}` };
      } catch (error) {
        // The address is a secret, and an error of fetch may carry it.
        return { ok: false, retry: true, message: `Slack: ${error instanceof Error ? error.name : "erro"}` };
      }
    },
  };
}

/** Slack's three special characters. */
function escapeSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
