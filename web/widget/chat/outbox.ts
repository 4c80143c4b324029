import type { Sent } from "../../../app/webchat/send.ts";
import { type Outgoing, Refused } from "./api.ts";
import type { Unsent } from "./messages.ts";

export interface OutboxDeps {
  /** As it was kept from an earlier visit. */
  readonly kept: readonly Unsent[];
  readonly keep: (entries: readonly Unsent[]) => void;
  readonly send: (message: Outgoing) => Promise<Sent>;
  /** The server has a message, and perhaps an answer. */
  readonly sent: (sent: Sent) => void;
  readonly changed: () => void;
  /** Whether the server was reached. */
  readonly reached: (yes: boolean) => void;
  /** Waits, or comes back early when the connection returns. @param ms milliseconds */
  readonly pause: (ms: number) => Promise<void>;
}

/** Keeps the order of a burst on its way, without waiting for the answer to each. */
const STAGGER_MS = 150;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** Messages on their way: kept until the server has them, sent again until it does, under the same id each time. */
export function createOutbox(deps: OutboxDeps) {
  let entries: readonly Unsent[] = deps.kept;
  const underWay = new Set<string>();
  let lastStart: Promise<void> = Promise.resolve();

  const update = (next: readonly Unsent[]) => {
    entries = next;
    deps.keep(entries);
    deps.changed();
  };
  const replace = (id: string, change: (entry: Unsent) => Unsent | undefined) =>
    update(entries.flatMap((entry) => (entry.clientMessageId === id ? (change(entry) ?? []) : entry)));

  const deliver = async (entry: Unsent): Promise<void> => {
    const { at: _at, refusal: _refusal, fileName: _fileName, text, ...others } = entry;
    const message = { ...others, ...(text !== "" && { text }) };
    for (let tries = 1; ; tries += 1) {
      try {
        const sent = await deps.send(message);
        deps.reached(true);
        deps.sent(sent);
        replace(entry.clientMessageId, () => undefined);
        return;
      } catch (error) {
        const refused = error instanceof Refused ? error : undefined;
        deps.reached(refused !== undefined);
        if (refused && isFinal(refused)) {
          replace(entry.clientMessageId, (one) => ({ ...one, refusal: refused.code }));
          return;
        }
        await deps.pause(refused?.retryAfterMs ?? Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1)));
      }
    }
  };

  const start = (entry: Unsent) => {
    if (underWay.has(entry.clientMessageId) || entry.refusal !== undefined) return;
    underWay.add(entry.clientMessageId);
    const turn = lastStart;
    lastStart = turn.then(() => new Promise((resolve) => setTimeout(resolve, STAGGER_MS)));
    turn
      .then(() => deliver(entry))
      .finally(() => {
        underWay.delete(entry.clientMessageId);
        deps.changed();
      });
  };

  return {
    entries: () => entries,
    isUnderWay: (id: string) => underWay.has(id),
    add(entry: Unsent) {
      start(entry);
      update([...entries, entry]);
    },
    /** Sends what was kept, and what was refused and shall be tried again. */
    retry(id?: string) {
      if (id !== undefined) replace(id, ({ refusal: _refusal, ...entry }) => entry);
      for (const entry of entries) start(entry);
    },
    discard: (id: string) => replace(id, () => undefined),
  };
}
export type Outbox = ReturnType<typeof createOutbox>;

/** Trying the same again cannot help. A session that has run out, a limit and a fault can pass. */
function isFinal({ status }: Refused): boolean {
  return status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status);
}
