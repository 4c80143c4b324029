import type { SendingWindow } from "../channels/channel.ts";
import { STANDARD_WINDOW_MS } from "../channels/window.ts";
import type { Conversation, Message } from "./model.ts";

/** How long a worker owns a conversation without saying so again: longer than one model call (8 s) and one send. */
export const LEASE_MS = 30_000;
/** Meta's customer service window, and the age after which no automatic answer is given. */
export const WINDOW_MS = STANDARD_WINDOW_MS;
/** How often one job asks the model again because the customer kept writing. */
export const MAX_ROUNDS = 3;
/** One fallback text per conversation per outage; one that lasts longer than this deserves another word. */
export const OUTAGE_MS = 60 * 60 * 1000;

type Counted = Pick<Conversation, "awaitingReply" | "inboundCount" | "answeredCount">;

/** Whether something of the customer's waits for the worker. The counts make a flag that was left behind harmless. */
export function isAwaiting(conversation: Counted): boolean {
  return conversation.awaitingReply === true && unanswered(conversation) > 0;
}

/** How many inbound messages have neither an answer nor a decision not to answer. */
export function unanswered(conversation: Omit<Counted, "awaitingReply">): number {
  return Math.max(0, (conversation.inboundCount ?? 0) - (conversation.answeredCount ?? 0));
}

export type ClaimDecision = "take" | "nothing_waiting" | "held";

/**
 * Whether this job may work on the conversation. A live lease of another job is respected, because its holder looks
 * again before it lets go; the same job's own lease is taken over, because a redelivery means that its first run died.
 */
export function decideClaim(
  conversation: Pick<Conversation, "lease"> & Counted,
  openRows: number,
  job: string,
  now: number,
): ClaimDecision {
  if (!isAwaiting(conversation) && openRows === 0) return "nothing_waiting";
  return isHeld(conversation, job, now) ? "held" : "take";
}

/** Whether another job holds a lease that has not run out. */
export function isHeld(conversation: Pick<Conversation, "lease">, job: string, now: number): boolean {
  const { lease } = conversation;
  return lease != null && lease.job !== job && lease.expiresAt.toMillis() > now;
}

/** Why a burst is left without an automatic answer. */
export type SkipReason = "human" | "closed" | "window" | "too_old" | "deleted";

/** Checked before the model is asked, and again in the transaction that commits its answer. */
export function whyNotAnswer(
  conversation: Pick<Conversation, "mode" | "status">,
  window: SendingWindow["state"],
  lastInboundAt: number,
  now: number,
): SkipReason | undefined {
  if (conversation.mode === "human") return "human";
  if (conversation.status === "closed") return "closed";
  if (now - lastInboundAt > WINDOW_MS) return "too_old";
  if (window !== "open") return "window";
  return undefined;
}

/** Kinds that a customer sends several of at once; each picture of an album is a message of its own. */
const ALBUM_KINDS: ReadonlySet<string> = new Set(["image", "video", "document"]);
/** How long after one of them another of the same album may come. */
export const ALBUM_MS = 3000;
/** How long an album is waited for in all: well within the lease, together with an answer. */
export const LONGEST_ALBUM_MS = 9000;

/**
 * Milliseconds to wait for more of an album before the model is asked; 0: ask.
 * @param since when this burst was taken up, in Unix milliseconds
 */
export function albumPause(
  newest: Pick<Message, "kind" | "createdAt"> | undefined,
  since: number,
  now: number,
): number {
  if (newest?.kind === undefined || !ALBUM_KINDS.has(newest.kind)) return 0;
  const until = Math.min(newest.createdAt.toMillis() + ALBUM_MS, since + LONGEST_ALBUM_MS);
  return Math.max(0, until - now);
}

export type CommitDecision = "commit" | "ask_again" | "lost" | { readonly skip: SkipReason };

export interface CommitQuestion {
  /** As it was before the history was read. */
  readonly conversation: Pick<Conversation, "takenBackAt">;
  readonly token: string;
  /** `inboundCount` before the history was read: the answer covers messages up to this one. */
  readonly answering: number;
  /** The last round commits although the customer went on writing: what came since is answered next. */
  readonly lastRound: boolean;
  readonly window: SendingWindow["state"];
  readonly lastInboundAt: number;
  readonly now: number;
}

/** Whether the model's answer may become a message. */
export function decideCommit(conversation: Conversation, question: CommitQuestion): CommitDecision {
  if (conversation.lease?.token !== question.token) return "lost";
  const skip = whyNotAnswer(conversation, question.window, question.lastInboundAt, question.now);
  if (skip) return { skip };
  if ((conversation.answeredCount ?? 0) >= question.answering) return "lost";
  const newer = (conversation.inboundCount ?? 0) > question.answering;
  // What was taken back is in what the model read, and could be quoted.
  const lessThere = conversation.takenBackAt?.toMillis() !== question.conversation.takenBackAt?.toMillis();
  return lessThere || (newer && !question.lastRound) ? "ask_again" : "commit";
}

/** Whether the fallback text has already been said in this outage. */
export function saidFallback(conversation: Pick<Conversation, "fallbackAt">, now: number): boolean {
  const said = conversation.fallbackAt?.toMillis();
  return said !== undefined && now - said < OUTAGE_MS;
}
