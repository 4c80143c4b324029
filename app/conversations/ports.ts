import type { Answer, Assistant } from "../assistant/assistant.ts";
import type { FactsRequest } from "../assistant/context.ts";
import type { OpenFile } from "../attachments/outgoing.ts";
import type { Channel, MetaChannelName, SendResult } from "../channels/channel.ts";
import type { Log } from "../telemetry/log.ts";
import type { SkipReason } from "./decide.ts";
import type { Conversation, Message, OutboxRow, RepliesQueue, UserType } from "./model.ts";
import type { FailureKind } from "./outbox.ts";
import type { Recent } from "./recent.ts";

/**
 * What the worker needs from the world. Every method is one step after which the process may die. What one run has just
 * written goes from step to step in {@link Recent}.
 */

export type Claim =
  | { readonly taken: true; readonly conversation: Conversation; readonly openRows: readonly string[] }
  | { readonly taken: false; readonly reason: "unknown_conversation" | "nothing_waiting" }
  /** By another job, until this time in Unix milliseconds at the latest. */
  | { readonly taken: false; readonly reason: "held"; readonly until: number };

/** Who the customer is to the platform. */
export interface Person {
  readonly userType: UserType;
  /** The user's document id, only where the link is proven. */
  readonly userId?: string;
  readonly name?: string;
}

export interface AnswerCommit {
  readonly conversation: Conversation;
  readonly token: string;
  /** `inboundCount` that the answer covers. */
  readonly answering: number;
  readonly answer: Answer;
  /** Our ids of the messages that it answers. */
  readonly answers: readonly string[];
  readonly person: Person;
  readonly newest: Message | undefined;
  /** Unix milliseconds of the customer's newest message. */
  readonly lastInboundAt: number;
  /** Unix milliseconds of the oldest message that is answered. */
  readonly waitingSince?: number | undefined;
  readonly lastRound: boolean;
  readonly trace?: string;
}

export type CommitResult =
  /** The row is `sending`: to be brought to the customer now. */
  | { readonly state: "committed"; readonly row: OutboxRow }
  /** The fallback text was already said in this outage: a person is asked for, nothing is sent. */
  | { readonly state: "silent" }
  | { readonly state: "newer"; readonly conversation: Conversation }
  | { readonly state: "skipped"; readonly reason: SkipReason }
  | { readonly state: "lost" };

export interface Skip {
  readonly conversation: Conversation;
  readonly token: string;
  readonly answering: number;
  readonly reason: SkipReason;
  readonly person: Person;
  readonly newest: Message | undefined;
  readonly lastInboundAt: number;
  readonly waitingSince?: number | undefined;
  readonly trace?: string;
}

export interface ReplyStore {
  claim(conversationId: string, job: string, token: string, recent?: Recent): Promise<Claim>;
  /** The last {@link HISTORY_LIMIT} messages, newest first. */
  history(conversationId: string): Promise<Message[]>;
  person(conversation: Conversation): Promise<Person>;
  /** The channel has been asked for the customer's profile. */
  learned(conversationId: string, name: string | undefined): Promise<void>;
  commit(answer: AnswerCommit, recent?: Recent): Promise<CommitResult>;
  skip(skip: Skip): Promise<void>;
  /** Keeps the lease for longer; undefined: it is lost. */
  renew(conversationId: string, token: string, recent?: Recent): Promise<Conversation | undefined>;
  /** Lets go. `more`: something arrived meanwhile, and nobody else was told. */
  release(conversationId: string, token: string, recent?: Recent): Promise<{ readonly more: boolean }>;
}

export type Beginning =
  | { readonly action: "send"; readonly row: OutboxRow }
  | { readonly action: "wait"; readonly until: number }
  | { readonly action: "done"; readonly status: "sent" | "failed" };

export interface Recorded {
  readonly status: OutboxRow["status"];
  /** When another try makes sense; only while the row is not finished. Unix milliseconds. */
  readonly until?: number;
  readonly failure?: FailureKind;
}

export interface OutboxStore {
  /** Moves a row to `sending`, or says why not. */
  begin(id: string, recent?: Recent): Promise<Beginning>;
  /** Writes down what the send came to. */
  record(row: OutboxRow, result: SendResult, recent?: Recent): Promise<Recorded>;
}

export interface DeliveryDeps {
  /** Opens what a person sends along; automations send nothing along. */
  readonly openFile?: OpenFile;
  readonly outbox: OutboxStore;
  readonly channels: Readonly<Record<MetaChannelName, Channel>>;
  readonly log: Log;
  /** Unix milliseconds. */
  readonly now: () => number;
}

export interface ReplyDeps extends DeliveryDeps {
  readonly store: ReplyStore;
  readonly assistant: Assistant;
  /** The platform's own facts about a customer whose identity is proven. Bounded in time; never throws. */
  readonly facts: (request: FactsRequest) => Promise<string[]>;
  readonly replies: RepliesQueue;
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** A fresh fencing token. */
  readonly newToken: () => string;
}
