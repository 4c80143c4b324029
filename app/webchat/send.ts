import { setTimeout as delay } from "node:timers/promises";
import type { Firestore } from "firebase-admin/firestore";
import {
  answerJob,
  type Conversation,
  getConversation,
  listMessages,
  type ReplyDeps,
  type ReplyJob,
} from "../conversations/index.ts";
import type { StorePort } from "../inbound/index.ts";
import { type Received, receiveFromVisitor, type VisitorText } from "./receive.ts";
import type { Visitor } from "./session.ts";
import { type FileLinks, type VisitorMessage, viewForVisitor } from "./view.ts";

/** How long the page waits for an answer in the same request; after it the stream brings it. */
export const ANSWER_WITHIN_MS = 6_000;
/** More than one exchange ever adds. */
const EXCHANGE = 20;

export interface WebSendDeps {
  readonly db: Firestore;
  readonly store: StorePort;
  readonly worker: ReplyDeps;
  readonly links: FileLinks;
  /** @default {@link ANSWER_WITHIN_MS} */
  readonly answerWithinMs?: number;
}

export interface Sent extends Omit<Received, "fresh"> {
  /** The answer's words, if there is one already. */
  readonly reply: string | null;
  /**
   * `answered`: here it is. `pending`: it will come by the stream. `team`: a person answers this conversation.
   * `none`: there is nothing to answer.
   */
  readonly status: "answered" | "pending" | "team" | "none";
  /** The message itself and what has been said since, oldest first. */
  readonly messages: readonly VisitorMessage[];
}

/** Stores a visitor's message and answers it in the same request, by the very worker that the queue calls. */
export async function sendFromVisitor(
  deps: WebSendDeps,
  visitor: Visitor,
  message: VisitorText,
  trace?: string,
): Promise<Sent> {
  const traced = trace === undefined ? {} : { trace };
  const { conversationId, messageId } = await receiveFromVisitor(deps.store, visitor, message, {
    at: deps.worker.now(),
    ...traced,
  });
  const done = await answerInTime(deps, { conversationId, ...traced });
  const [conversation, page] = await Promise.all([
    getConversation(deps.db, conversationId),
    listMessages(deps.db, conversationId, EXCHANGE),
  ]);
  const own = page.items.findIndex(({ id }) => id === messageId);
  const since = own < 0 ? [] : page.items.slice(0, own + 1).toReversed();
  const messages = since.flatMap((one) => viewForVisitor(one, visitor.id, deps.links) ?? []);
  const reply = messages.find(({ author }) => author === "bot")?.text ?? null;
  return { conversationId, messageId, reply, status: statusOf(reply, done, conversation), messages };
}

function statusOf(reply: string | null, done: boolean, conversation: Conversation | undefined): Sent["status"] {
  if (reply !== null) return "answered";
  if (conversation?.mode === "human") return "team";
  return done && conversation?.awaitingReply !== true ? "none" : "pending";
}

/**
 * Whether the worker came to an end in time. If not, a job on the queue stays after it until the answer is there: this
 * instance may lose its CPU as soon as the request is answered.
 */
async function answerInTime(deps: WebSendDeps, request: ReplyJob): Promise<boolean> {
  const { worker } = deps;
  const timer = new AbortController();
  const late = delay(deps.answerWithinMs ?? ANSWER_WITHIN_MS, "late" as const, { signal: timer.signal });
  // The worker's own ending cancels the timer, which then has nothing to say.
  late.catch(() => undefined);
  const work = answerJob(worker, request, `web-${worker.newToken()}`).then(
    ({ state }) => state,
    (error: unknown) => {
      worker.log.error({ err: error, conversationId: request.conversationId }, "The answer to a visitor failed");
      return "again" as const;
    },
  );
  const outcome = await Promise.race([work, late]);
  timer.abort();
  if (outcome === "done") return true;
  try {
    await worker.replies.publish({ ...request, insist: true });
  } catch (error) {
    worker.log.warn({ err: error, conversationId: request.conversationId }, "Not queued; the sweep will find it");
  }
  return false;
}
