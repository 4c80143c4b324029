import type { FaultInput } from "../simulators/index.ts";

/** The simulators' control API, as far as a drill needs it. */
export interface Control {
  /** A customer writes. Returns the webhook's status, 0 for none. */
  write(channel: "whatsapp", from: string, text: string): Promise<number>;
  fault(fault: Partial<FaultInput> & Pick<FaultInput, "target" | "mode">): Promise<void>;
  mend(): Promise<void>;
  /** Notifications that have arrived: of which policy, and whether it opened or closed. */
  notifications(): Promise<readonly Notification[]>;
}

export interface Notification {
  /** `webhook`, `email`, … */
  readonly by: string;
  readonly state: "open" | "closed";
  readonly incident: string;
}

const TIMEOUT_MS = 30_000;

/** @param url of the simulators, without `/control` */
export function createControl(url: string): Control {
  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${url}/control/${path}`, {
      method,
      ...(body !== undefined && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = await response.text();
    if (!response.ok)
      throw new Error(`${method} /control/${path} answered ${response.status}: ${answer.slice(0, 200)}`);
    return JSON.parse(answer);
  }
  return {
    async write(channel, from, text) {
      const { status } = (await call("POST", "messages", { channel, from, name: "Cliente de exemplo", text })) as {
        status: number;
      };
      return status;
    },
    async fault(fault) {
      await call("POST", "faults", fault);
    },
    async mend() {
      await call("DELETE", "faults");
    },
    async notifications() {
      const { sent } = (await call("GET", "sent?channel=alerts")) as { sent: readonly Sent[] };
      return sent.map(({ account, kind, body }) => ({ by: account, state: kind, incident: body.incident.incident_id }));
    },
  };
}

interface Sent {
  readonly account: string;
  readonly kind: "open" | "closed";
  readonly body: { readonly incident: { readonly incident_id: string } };
}
