import { Timestamp } from "firebase-admin/firestore";
import type { DeletionEvent, EditEvent, ReactionEvent, StatusEvent, WatermarkEvent } from "../channels/channel.ts";
import { BOT_ID, type EarlyNews, type Message } from "../conversations/model.ts";
import { type Context, EARLY_NEWS_MS, previewOf } from "./documents.ts";
import { conversationFrame, type Placed, participantsOf } from "./fast.ts";
import { type Folded, NOTHING } from "./folded.ts";
import { type Subject, withDeletion, withEarlyNews, withEdit, withReaction, withStatus } from "./news.ts";
import { correlationOf, type NewsEvent, newsSubject, targetId, targetOf } from "./search.ts";
import { conversationRef, messageRef, type Workspace } from "./workspace.ts";

/** News about messages that exist, or will. Deterministic; the same news again change nothing. */

/** Joins our own message with the id that the provider gave it, and with what is already known under that id. */
export function link(
  space: Workspace,
  own: Message,
  providerId: string,
  webhookId: string,
  change: (message: Message) => Message,
): void {
  const early = own.id === webhookId ? undefined : space.early(webhookId);
  const named = own.providerId === undefined ? { ...own, providerId } : own;
  const message = change(early ? withEarlyNews(named, early) : named);
  if (message !== own) space.put(messageRef(own.id), message);
  if (!early) return;
  space.remove(messageRef(webhookId));
  refreshPreview(space, own, message);
  noteReactions(space, message);
}

export function foldStatus(space: Workspace, event: StatusEvent, context: Context): Folded {
  const error = event.error && { code: event.error.code, message: event.error.title };
  const own = newsSubject(space, event);
  const named = own !== undefined && correlationOf(event) === own.id;
  const change = <T extends Subject>(subject: T) => withStatus(subject, event.status, error);
  if (named) link(space, own, event.providerId, targetId(event), change);
  const folded = named ? NOTHING : foldNews(space, event, context, change);
  if (own) askForPerson(space, own);
  return folded;
}

/**
 * WhatsApp refuses a message after it has taken it: then nothing but this status tells that the bot's answer never came.
 * A conversation that a person has by now is looked after already.
 */
function askForPerson(space: Workspace, before: Message): void {
  const failed = before.status !== "failed" && space.message(before.id)?.status === "failed";
  const lost = failed && before.sender === BOT_ID && before.isAutomation !== true;
  if (!lost || space.conversation(before.conversationId)?.mode === "human") return;
  space.merge(conversationRef(before.conversationId), { needsPerson: true });
}

/** Who reacted, when it was a person of ours in Meta's app. */
const US = "us";

export function foldReaction(space: Workspace, event: ReactionEvent, context: Context): Folded {
  const who = event.fromUs === true ? US : event.customer;
  const folded = foldNews(space, event, context, (subject) => withReaction(subject, who, event.emoji, event.at));
  const message = newsSubject(space, event);
  if (message) noteReactions(space, message);
  return folded;
}

/** When the customer last reacted: sometimes the only answer there is. */
export function noteReactions(space: Workspace, message: Message): void {
  const times = Object.entries(message.reactionsAt ?? {}).flatMap(([who, at]) => (who === US ? [] : [at.toMillis()]));
  const last = Math.max(0, ...times);
  const before = space.conversation(message.conversationId)?.lastReactionAt?.toMillis() ?? 0;
  if (last > before) {
    space.merge(conversationRef(message.conversationId), { lastReactionAt: Timestamp.fromMillis(last) });
  }
}

/** Changes the message that the news is about, or keeps the news until it comes. */
function foldNews(
  space: Workspace,
  event: NewsEvent,
  context: Context,
  change: <T extends Subject>(subject: T) => T,
): Folded {
  const message = newsSubject(space, event);
  if (!message) {
    const id = targetId(event);
    const before = space.early(id) ?? newEarly(id, event, context);
    space.put(messageRef(id), change(before));
    return NOTHING;
  }
  const after = change(message);
  if (after === message) return { ...NOTHING, conversationId: message.conversationId };
  space.put(messageRef(message.id), after);
  refreshPreview(space, message, after);
  return { ...NOTHING, conversationId: message.conversationId };
}

function newEarly(id: string, event: NewsEvent, context: Context): EarlyNews {
  return {
    id,
    stub: true,
    channel: event.channel,
    providerId: targetOf(event),
    expireAt: Timestamp.fromMillis(context.now + EARLY_NEWS_MS),
  };
}

/** What the conversation list shows must not outlive what the customer took back. */
function refreshPreview(space: Workspace, before: Message, after: Message): void {
  const conversation = space.conversation(before.conversationId);
  const shown =
    conversation?.lastMessage === previewOf(before) &&
    conversation.lastMessageSender === before.sender &&
    conversation.lastMessageAt?.toMillis() === before.timestamp.toMillis();
  if (shown && previewOf(after) !== previewOf(before)) {
    space.merge(conversationRef(before.conversationId), { lastMessage: previewOf(after) });
  }
}

/** Everything of ours up to a time was delivered or read. */
export function foldWatermark(space: Workspace, { event, identity }: Placed<WatermarkEvent>, context: Context): Folded {
  const { conversationId } = identity;
  const reached = space
    .messages()
    .filter((one) => one.conversationId === conversationId && one.timestamp.toMillis() <= event.watermark)
    .filter(({ status }) => status === "sent" || status === "delivered");
  for (const message of reached) {
    const after = withStatus(message, event.status);
    if (after !== message) space.put(messageRef(message.id), after);
  }
  const before = space.conversation(conversationId)?.watermarks?.[event.status]?.toMillis() ?? 0;
  if (event.watermark > before) {
    const watermarks = { [event.status]: Timestamp.fromMillis(event.watermark) };
    const patch = { ...conversationFrame(event, identity, context), watermarks };
    space.merge(conversationRef(conversationId), patch, { participants: participantsOf(identity) });
  }
  return { ...NOTHING, conversationId };
}

export function foldEdit(space: Workspace, event: EditEvent, context: Context): Folded {
  return foldNews(space, event, context, (subject) => withEdit(subject, event.text, event.revision, event.at));
}

export function foldDeletion(space: Workspace, event: DeletionEvent, context: Context): Folded {
  const before = newsSubject(space, event);
  const folded = foldNews(space, event, context, (subject) => withDeletion(subject, event.at));
  if (before?.status === "received" && before.deletedAt === undefined) {
    // The bot may be answering it at this moment.
    space.merge(conversationRef(before.conversationId), { takenBackAt: Timestamp.fromMillis(context.now) });
  }
  return folded;
}
