import type { Answer } from "../assistant/assistant.ts";
import type { HandoffLine } from "../telemetry/assistant-events.ts";
import { adoptTrace } from "../telemetry/log.ts";
import { albumPause, isAwaiting, MAX_ROUNDS, unanswered, whyNotAnswer } from "./decide.ts";
import { bring, customerLabel, type Delivery, deliver } from "./deliver.ts";
import { type Reading, readHistory } from "./history.ts";
import type { Conversation, OutboxRow, ReplyJob } from "./model.ts";
import type { Person, ReplyDeps } from "./ports.ts";
import { knownPerson } from "./profile.ts";
import { Recent } from "./recent.ts";
import { readerOf } from "./seen.ts";
import { sendingWindow } from "./window.ts";

export type JobResult =
  /** Acknowledge: whatever is left is somebody else's, or the sweep's. */
  | { readonly state: "done" }
  /** Deliver the job again, not before this time in Unix milliseconds. */
  | { readonly state: "again"; readonly until: number };

/** A wait longer than this is left to the sweep: a job that only waits would end among the dead letters. */
const LONGEST_WAIT_MS = 60_000;

/**
 * Does what a reply job asks for: finishes sends that an earlier run left open, then gives everything that waits one
 * answer. Safe to run any number of times, side by side, and to be cut off at any point.
 *
 * @param job the queue's id of this job, the same on a redelivery
 */
export async function answerJob(deps: ReplyDeps, request: ReplyJob, job: string): Promise<JobResult> {
  const { conversationId, trace } = request;
  const token = deps.newToken();
  const recent = new Recent();
  const claim = await deps.store.claim(conversationId, job, token, recent);
  if (!claim.taken) {
    deps.log.debug({ conversationId, reason: claim.reason }, "Nothing to do for this job");
    return request.insist && claim.reason === "held" ? { state: "again", until: claim.until } : { state: "done" };
  }
  let until = await deliverAll(deps, claim.openRows, recent);
  if (until === undefined && isAwaiting(claim.conversation)) {
    const answer = await answerBurst(deps, {
      conversation: claim.conversation,
      token,
      recent,
      ...(trace && { trace }),
    });
    if (answer) until = waitOf(await bring(deps, answer, recent));
  }
  const { more } = await deps.store.release(conversationId, token, recent);
  if (until !== undefined && until - deps.now() <= LONGEST_WAIT_MS) return { state: "again", until };
  if (more && until === undefined) await deps.replies.publish(request);
  return { state: "done" };
}

/** In the order of writing; the first that has to wait holds up the rest, so that nothing overtakes it. */
async function deliverAll(deps: ReplyDeps, rows: readonly string[], recent: Recent): Promise<number | undefined> {
  for (const row of rows) {
    const until = waitOf(await deliver(deps, row, recent));
    if (until !== undefined) return until;
  }
  return undefined;
}

function waitOf(delivery: Delivery): number | undefined {
  return delivery.state === "wait" ? delivery.until : undefined;
}

interface Burst {
  readonly conversation: Conversation;
  readonly token: string;
  readonly recent: Recent;
  readonly trace?: string;
}

/** Asks for one answer to everything that waits, again when the customer goes on writing. @returns what is to be sent now */
async function answerBurst(deps: ReplyDeps, burst: Burst): Promise<OutboxRow | undefined> {
  const { token, recent } = burst;
  let { conversation } = burst;
  const looked = knownPerson(deps, conversation);
  const since = deps.now();
  for (let round = 1; ; ) {
    const answering = conversation.inboundCount ?? 0;
    const [person, messages] = await Promise.all([looked, deps.store.history(conversation.id)]);
    const reading = readHistory(conversation, messages, unanswered(conversation));
    const lastInboundAt = lastInbound(conversation, reading);
    const facts = {
      conversation,
      token,
      answering,
      person,
      newest: reading.newest,
      lastInboundAt,
      waitingSince: reading.waitingSince,
    };
    // A job of the sweep's brings none: then the question tells it, and the way of a message stays one.
    const trace = burst.trace ?? reading.newestInbound?.trace;
    if (trace !== undefined) adoptTrace(trace);
    const traced = trace === undefined ? {} : { trace };

    const now = deps.now();
    const window = sendingWindow(deps.channels, conversation.channel, lastInboundAt, now);
    const reason = whyNotAnswer(conversation, window.state, lastInboundAt, now);
    if (reason ?? (reading.nothingLeft ? "deleted" : undefined)) {
      await deps.store.skip({ ...facts, ...traced, reason: reason ?? "deleted" });
      return undefined;
    }
    const pause = albumPause(reading.newestInbound, since, now);
    if (pause > 0) {
      showTyping(deps, conversation, reading);
      await deps.pause(pause);
      const later = await deps.store.renew(conversation.id, token, recent);
      if (!later) return undefined;
      conversation = later;
      continue;
    }
    const answer = await ask(deps, conversation, person, reading, trace);
    const written = { ...facts, ...traced, answer, answers: reading.waiting, lastRound: round >= MAX_ROUNDS };
    const result = await deps.store.commit(written, recent);
    if (result.state === "committed") {
      if (answer.outcome === "handoff") announceHandoff(deps, conversation, person, answer.reason);
      return result.row;
    }
    if (result.state !== "newer") return undefined;
    conversation = result.conversation;
    round += 1;
  }
}

/** For metrics; the agents see it in the inbox, which tells them of every conversation that waits for a person. */
function announceHandoff(deps: ReplyDeps, { id, channel }: Conversation, { userType }: Person, reason: string): void {
  const line: HandoffLine = { event: "handoff", conversationId: id, channel, userType, reason };
  deps.log.info(line, `[Omni IA] Passada a uma pessoa: ${customerLabel(channel, id)}`);
}

async function ask(
  deps: ReplyDeps,
  conversation: Conversation,
  person: Person,
  reading: Reading,
  trace: string | undefined,
): Promise<Answer> {
  showTyping(deps, conversation, reading);
  const { userType, userId } = person;
  const name = conversation.contact?.name ?? person.name;
  const facts = userId === undefined ? [] : await deps.facts({ userId, userType, conversationId: conversation.id });
  return deps.assistant.answer({
    conversationId: conversation.id,
    channel: conversation.channel,
    userType,
    history: reading.turns,
    facts,
    ...(name !== undefined && { customerName: name }),
    ...(trace !== undefined && { trace }),
  });
}

/** Best effort and beside the model call: a customer who sees "typing" waits more gladly. */
function showTyping(deps: ReplyDeps, conversation: Conversation, reading: Reading): void {
  if (conversation.channel === "webchat") return;
  const to = readerOf(conversation, reading.newestInbound);
  deps.channels[conversation.channel].typing(to).catch((error: unknown) => {
    deps.log.warn({ err: error, conversationId: conversation.id }, "The typing indicator was not shown");
  });
}

/** By the messages themselves: a late delivery may have set the conversation's own field back. */
function lastInbound(conversation: Conversation, reading: Reading): number {
  return Math.max(conversation.lastInboundAt?.toMillis() ?? 0, reading.newestInbound?.timestamp.toMillis() ?? 0);
}
