import { EventEmitter } from "node:events";
import type { MetaChannelName } from "../../app/channels/channel.ts";
import { isBsuid } from "./ids.ts";

/** Who is on our side of each channel: phone number id, Page id, Instagram account id. */
export type Accounts = Readonly<Record<MetaChannelName, string>>;

export type BubbleStatus = "sending" | "sent" | "delivered" | "read" | "failed";

/** One message as the customer's phone shows it. */
export interface Bubble {
  readonly id: string;
  readonly channel: MetaChannelName;
  readonly customer: string;
  readonly author: "customer" | "business";
  readonly kind: string;
  text: string;
  /** Unix milliseconds, the sender's clock. */
  readonly at: number;
  status: BubbleStatus;
  /** Why it failed, in words. */
  problem?: string;
  readonly replyTo?: string;
  readonly mediaUrl?: string;
  /** Buttons that the business offered. */
  readonly choices?: readonly { readonly id: string; readonly title: string }[];
  reaction?: string;
  /** How often the customer changed it. */
  edits?: number;
  deleted?: boolean;
}

/** One customer in one channel, with everything said so far. */
export interface Conversation {
  readonly channel: MetaChannelName;
  readonly customer: string;
  name: string;
  bsuid?: string;
  /** Unix milliseconds. */
  readonly madeAt: number;
  /** Unix milliseconds of the customer's last message: opens the 24-hour window. */
  lastInboundAt?: number;
  bubbles: Bubble[];
}

/** What the app sent to a channel, as a test wants to see it. */
export interface Sent {
  readonly id: string;
  readonly channel: MetaChannelName;
  readonly account: string;
  readonly to: string;
  /** What the app addressed, where it is not the customer's id: a business-scoped one. */
  readonly address?: string;
  readonly kind: string;
  readonly text: string;
  /** Unix milliseconds. */
  readonly at: number;
  readonly correlation?: string;
  /** Where the phone finds the file that was sent. */
  readonly mediaUrl?: string;
  readonly body: unknown;
}

/** What the app sent to a service that is no channel: an e-mail, a notice. */
export interface ServiceSent extends Omit<Sent, "channel"> {
  readonly channel: "sendgrid" | "slack" | "alerts";
}

export type AnySent = Sent | ServiceSent;

/** What happened, for the page's "behind the scenes" and for people who debug. */
export interface LogLine {
  readonly at: number;
  readonly about: "webhook" | "graph" | "gemini" | "sendgrid" | "slack" | "alerts" | "fault" | "stack";
  readonly channel?: MetaChannelName;
  readonly customer?: string;
  readonly text: string;
  readonly ok: boolean;
}

export interface WorldEvents {
  conversation: [Conversation];
  bubble: [Bubble];
  typing: [{ channel: MetaChannelName; customer: string; on: boolean }];
  sent: [AnySent];
  log: [LogLine];
  state: [];
}

/** Bounds that keep a load test from eating the machine: far above what a person or a test looks at. */
const MAX_BUBBLES = 300;
const MAX_CONVERSATIONS = 20_000;
const MAX_SENT = 50_000;
const MAX_LOG = 300;

/** Everything the simulated Meta knows. One per running simulator; nothing is kept on disk. */
export class World {
  readonly events = new EventEmitter<WorldEvents>();
  readonly now: () => number;
  readonly conversations = new Map<string, Conversation>();
  /** Ids that Graph answers for, with their channel: the connected accounts and those that raw webhooks named. */
  readonly accounts = new Map<string, MetaChannelName>();
  readonly counters: Record<string, number> = {};
  sent: AnySent[] = [];
  log: LogLine[] = [];
  readonly #bubbles = new Map<string, Bubble>();

  constructor(now: () => number) {
    this.now = now;
    this.events.setMaxListeners(0);
  }

  count(name: string, by = 1): void {
    this.counters[name] = (this.counters[name] ?? 0) + by;
  }

  note(line: Omit<LogLine, "at">): void {
    const full = { at: this.now(), ...line };
    this.log.push(full);
    if (this.log.length > MAX_LOG * 2) this.log = this.log.slice(-MAX_LOG);
    this.events.emit("log", full);
  }

  /** The conversation of a customer, made on first sight. */
  open(channel: MetaChannelName, customer: string, name?: string): Conversation {
    const key = `${channel}:${customer}`;
    const known = this.conversations.get(key);
    if (known) {
      if (name !== undefined && name !== known.name) {
        known.name = name;
        this.events.emit("conversation", known);
      }
      return known;
    }
    const fresh: Conversation = { channel, customer, name: name ?? customer, madeAt: this.now(), bubbles: [] };
    this.conversations.set(key, fresh);
    if (this.conversations.size > MAX_CONVERSATIONS) this.#forgetOldest();
    this.events.emit("conversation", fresh);
    return fresh;
  }

  /** Finds a customer by id or by business-scoped id; never makes one. */
  find(channel: MetaChannelName, id: string): Conversation | undefined {
    const direct = this.conversations.get(`${channel}:${id}`);
    if (direct || !isBsuid(id)) return direct;
    return [...this.conversations.values()].find((each) => each.channel === channel && each.bsuid === id);
  }

  bubble(channel: MetaChannelName, id: string): Bubble | undefined {
    return this.#bubbles.get(`${channel}:${id}`);
  }

  say(bubble: Bubble): void {
    const conversation = this.open(bubble.channel, bubble.customer);
    conversation.bubbles.push(bubble);
    this.#bubbles.set(`${bubble.channel}:${bubble.id}`, bubble);
    if (conversation.bubbles.length > MAX_BUBBLES) this.#forget(conversation.bubbles.splice(0, 1));
    this.events.emit("bubble", bubble);
  }

  change(bubble: Bubble, change: Partial<Bubble>): void {
    Object.assign(bubble, change);
    this.events.emit("bubble", bubble);
  }

  record(sent: AnySent): void {
    this.sent.push(sent);
    if (this.sent.length > MAX_SENT * 1.2) this.sent = this.sent.slice(-MAX_SENT);
    const service = sent.channel === "sendgrid" || sent.channel === "slack" || sent.channel === "alerts";
    this.count(service ? `${sent.channel}.sent` : `graph.sent.${sent.channel}`);
    this.events.emit("sent", sent);
  }

  #forgetOldest(): void {
    const oldest = this.conversations.entries().next();
    if (oldest.done) return;
    const [key, conversation] = oldest.value;
    this.#forget(conversation.bubbles);
    this.conversations.delete(key);
  }

  #forget(bubbles: readonly Bubble[]): void {
    for (const bubble of bubbles) this.#bubbles.delete(`${bubble.channel}:${bubble.id}`);
  }
}
