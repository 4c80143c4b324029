import { asError } from "../../errors.ts";
import { type NotificationBody, notificationBody } from "./notification.ts";
import type { Change } from "./policy.ts";

/** A notification channel, as the program declared it. */
export interface NotificationChannel {
  readonly name: string;
  /** `email`, `slack`, `pagerduty`, `webhook_tokenauth`, `webhook_basicauth`, `pubsub` */
  readonly type: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface NotifierOptions {
  readonly project: string;
  /** Where people's channels end here. */
  readonly simulatorUrl: string;
  /** `127.0.0.1:port` */
  readonly pubsubHost: string;
  readonly channel: (name: string) => NotificationChannel | undefined;
}

const TIMEOUT_MS = 5_000;

/** Tells every channel of a change, each once. @returns what went wrong, in words */
export async function notify(change: Change, options: NotifierOptions): Promise<string[]> {
  const body = notificationBody(change, options.project);
  const outcomes = await Promise.all(
    change.channels.map(async (name) => {
      const channel = options.channel(name);
      if (!channel) return `there is no notification channel ${name}`;
      try {
        await deliver(channel, body, options);
        return undefined;
      } catch (error) {
        return `${channel.type} was not told: ${asError(error).message}`;
      }
    }),
  );
  return outcomes.filter((outcome) => outcome !== undefined);
}

async function deliver(channel: NotificationChannel, body: NotificationBody, options: NotifierOptions): Promise<void> {
  const { type, labels } = channel;
  if (type.startsWith("webhook_")) return post(labels.url ?? "", body);
  if (type === "pubsub") {
    const message = { data: Buffer.from(JSON.stringify(body)).toString("base64") };
    return post(`http://${options.pubsubHost}/v1/${labels.topic ?? ""}:publish`, { messages: [message] });
  }
  // What Google itself would send, to the simulated e-mail box, Slack workspace or pager.
  const to = labels.email_address ?? labels.channel_name ?? type;
  return post(`${options.simulatorUrl}/notifications/${type}?to=${encodeURIComponent(to)}`, body);
}

async function post(url: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", "user-agent": "Google-Alerts" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`it answered ${response.status}`);
}
