/** How many messages wait in a subscription that nobody reads, and since when; they stay where they are. */
export interface Held {
  readonly count: number;
  /** Unix milliseconds; absent when there are none. */
  readonly oldestAt?: number;
}

/** Pub/Sub's limit of one pull: more are as good as this many. */
const MOST = 1000;
const TIMEOUT_MS = 5_000;

interface Pulled {
  readonly receivedMessages?: readonly { readonly ackId: string; readonly message: { readonly publishTime: string } }[];
}

/** Takes what is there and gives it back at once: the emulator tells no numbers. @param host `127.0.0.1:port` */
export async function countHeld(host: string, project: string, subscription: string): Promise<Held> {
  const url = `http://${host}/v1/projects/${project}/subscriptions/${subscription}`;
  const { receivedMessages: messages = [] } = (await post(`${url}:pull`, {
    maxMessages: MOST,
    returnImmediately: true,
  })) as Pulled;
  if (messages.length === 0) return { count: 0 };
  await post(`${url}:modifyAckDeadline`, { ackIds: messages.map(({ ackId }) => ackId), ackDeadlineSeconds: 0 });
  return {
    count: messages.length,
    oldestAt: Math.min(...messages.map(({ message }) => Date.parse(message.publishTime))),
  };
}

async function post(url: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${(await response.text()).slice(0, 200)}`);
  return response.json();
}
