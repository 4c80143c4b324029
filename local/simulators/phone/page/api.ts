import type { MetaChannelName } from "../../../../app/channels/channel.ts";

/** Calls of the control API that the page makes. */

/** @throws {Error} with the problem's own words. */
export async function call<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`/control/${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (response.ok) return answer as T;
  const { detail } = answer as { detail?: string };
  throw new Error(detail ?? `${response.status}`);
}

export interface Doing {
  readonly channel: MetaChannelName;
  readonly from: string;
  readonly type?: string;
  readonly text?: string;
  readonly [field: string]: unknown;
}

/** Lets the customer do something. */
export function act(doing: Doing): Promise<unknown> {
  return call("POST", "messages", doing);
}
