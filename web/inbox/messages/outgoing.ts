import type { Attachment } from "../../../app/attachments/model.ts";
import type { ApiError, InboxApi, TemplateChoice } from "../data/api.ts";
import { present } from "../data/fields.ts";
import type { Message } from "../data/model.ts";

/** A message that the person has written here, from the key press on. */
export interface Outgoing {
  readonly clientMessageId: string;
  /** The stored message's id, as soon as the API or the conversation has told it. */
  readonly messageId?: string;
  readonly conversationId: string;
  readonly text: string;
  /** Unix milliseconds by this machine's clock. */
  readonly at: number;
  /** `held`: it has not left yet and can be taken back. */
  readonly state: "held" | "sending" | "sent" | "failed";
  readonly template?: TemplateChoice;
  /** A file that is already uploaded. */
  readonly file?: { readonly uploadId: string; readonly type: Attachment["type"]; readonly name: string };
  /** The message that it answers. */
  readonly replyTo?: Pick<Message, "id" | "providerId">;
  /** Time of the newest message before the author. */
  readonly seenAt?: number;
  readonly error?: ApiError;
  /** Messages that were there before it was written, and so cannot be it. */
  readonly before: ReadonlySet<string>;
}

export interface SendOptions extends Pick<Outgoing, "template" | "replyTo" | "file"> {
  /** How long it can be taken back before it leaves, in milliseconds. @default 0 */
  readonly holdMs?: number;
}

export interface OutgoingPorts {
  readonly api: Pick<InboxApi, "send">;
  readonly now: () => number;
  readonly newId: () => string;
  /** Runs something once; returns how to call it off. */
  readonly later: (run: () => void, ms: number) => () => void;
  readonly toApiError: (reason: unknown) => ApiError;
}

/** Clocks of two machines may differ by this much before a message is not recognised as the one just sent. */
const CLOCK_SLACK_MS = 60_000;

/** What has been sent and is not confirmed, for all conversations; survives switching between them. */
export class OutgoingMessages {
  readonly #ports: OutgoingPorts;
  readonly #listeners = new Set<() => void>();
  readonly #holds = new Map<string, () => void>();
  #all: readonly Outgoing[] = [];

  constructor(ports: OutgoingPorts) {
    this.#ports = ports;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  get = (): readonly Outgoing[] => this.#all;

  /**
   * Shows the message at once and sends it.
   * @param shown the conversation's messages as they stand
   */
  send(conversationId: string, text: string, shown: readonly Message[], options: SendOptions = {}): Promise<void> {
    const { now, newId, later } = this.#ports;
    const { holdMs = 0, ...content } = options;
    const message: Outgoing = {
      ...content,
      clientMessageId: newId(),
      conversationId,
      text,
      at: now(),
      state: holdMs > 0 ? "held" : "sending",
      before: new Set(shown.map(({ id }) => id)),
      ...(shown.length === 0 ? {} : { seenAt: Math.max(...shown.map(({ at }) => at)) }),
    };
    this.#set([...this.#all, message]);
    if (holdMs === 0) return this.#deliver(message);
    this.#holds.set(
      message.clientMessageId,
      later(() => void this.#release(message), holdMs),
    );
    return Promise.resolve();
  }

  /** Takes a held one back. @returns its words; undefined when it has left */
  takeBack(clientMessageId: string): string | undefined {
    const cancel = this.#holds.get(clientMessageId);
    if (cancel === undefined) return undefined;
    cancel();
    this.#holds.delete(clientMessageId);
    const text = this.#all.find((message) => message.clientMessageId === clientMessageId)?.text;
    this.discard(clientMessageId);
    return text;
  }

  /** Lets everything that is held leave now: the page is about to go. */
  releaseAll(): void {
    for (const message of this.#all.filter(({ state }) => state === "held")) void this.#release(message);
  }

  #release(message: Outgoing): Promise<void> {
    this.#holds.get(message.clientMessageId)?.();
    this.#holds.delete(message.clientMessageId);
    const leaving: Outgoing = { ...message, state: "sending" };
    this.#replace(leaving);
    return this.#deliver(leaving);
  }

  /** Sends a failed one again, under the same id: what did arrive is not sent twice. */
  async retry(clientMessageId: string): Promise<void> {
    const found = this.#all.find(
      (message) => message.clientMessageId === clientMessageId && message.state === "failed",
    );
    if (found === undefined) return;
    const { error, seenAt, ...rest } = found;
    // Who sends again after a colleague's answer has been told of it.
    const knowing = error?.code === "answered_meanwhile" || seenAt === undefined ? {} : { seenAt };
    const again: Outgoing = { ...rest, ...knowing, state: "sending" };
    this.#replace(again);
    await this.#deliver(again);
  }

  /** Sends again what found no network, once there is one. */
  async retryUnreached(): Promise<void> {
    const unreached = this.#all.filter((message) => message.state === "failed" && message.error?.code === "network");
    // One after the other, so that they arrive as they were written.
    for (const { clientMessageId } of unreached) await this.retry(clientMessageId);
  }

  discard(clientMessageId: string): void {
    this.#set(this.#all.filter((message) => message.clientMessageId !== clientMessageId));
  }

  /** Remembers which stored message each one became. */
  settle(conversationId: string, messages: readonly Message[]): void {
    for (const [messageId, found] of confirmed(this.#all, conversationId, messages)) {
      if (found.messageId !== messageId || found.state !== "sent")
        this.#replace({ ...found, messageId, state: "sent" });
    }
  }

  async #deliver(message: Outgoing): Promise<void> {
    const { conversationId, text, clientMessageId, template, replyTo, seenAt, file } = message;
    const extras = present({ template, replyTo: replyTo?.id, seenAt, uploadId: file?.uploadId });
    try {
      const messageId = await this.#ports.api.send({ conversationId, text, clientMessageId, ...extras });
      this.#replace({ ...message, messageId, state: "sent" });
    } catch (reason) {
      this.#replace({ ...message, state: "failed", error: this.#ports.toApiError(reason) });
    }
  }

  #replace(changed: Outgoing): void {
    this.#set(this.#all.map((message) => (message.clientMessageId === changed.clientMessageId ? changed : message)));
  }

  #set(all: readonly Outgoing[]): void {
    this.#all = all;
    for (const listener of this.#listeners) listener();
  }
}

/** Which stored messages are ones written here. Each confirms one at most, the one it names before one it resembles. */
export function confirmed(
  all: readonly Outgoing[],
  conversationId: string,
  messages: readonly Message[],
): Map<string, Outgoing> {
  const here = all.filter((outgoing) => outgoing.conversationId === conversationId);
  const found = new Map<string, Outgoing>();
  if (here.length === 0) return found;
  const ours = messages.filter((message) => message.author === "person");
  for (const message of ours) {
    const named = here.find((outgoing) => outgoing.messageId === message.id);
    if (named !== undefined) found.set(message.id, named);
  }
  for (const outgoing of here.filter((item) => item.messageId === undefined)) {
    const alike = ours.find((message) => !found.has(message.id) && resembles(message, outgoing));
    if (alike !== undefined) found.set(alike.id, outgoing);
  }
  return found;
}

/** Until the API has named the message, its words and its time tell. */
function resembles(message: Message, outgoing: Outgoing): boolean {
  if (message.text !== outgoing.text || outgoing.before.has(message.id)) return false;
  return message.at >= outgoing.at - CLOCK_SLACK_MS;
}
