import { Timestamp } from "firebase-admin/firestore";
import type {
  AccountEvent,
  MessageEvent,
  PreferenceEvent,
  ReactionEvent,
  StatusEvent,
  WatermarkEvent,
} from "../channels/channel.ts";
import type { EarlyNews, Message } from "../conversations/model.ts";
import { conversationPatch } from "./conversation.ts";
import { type Context, DELETED_PREVIEW, EARLY_NEWS_MS, idOf, messageDocument, previewOf } from "./documents.ts";
import { type Placed, participantsOf } from "./fast.ts";
import { type Subject, withDeletion, withEarlyNews, withEdit, withReaction, withStatus } from "./news.ts";
import {
  channelRef,
  correlationOf,
  type NewsEvent,
  newsSubject,
  ownMessage,
  type StoredEvent,
  targetId,
  targetOf,
} from "./search.ts";
import { conversationRef, messageRef, type Workspace } from "./workspace.ts";

/** What became of one event. */
export interface Folded {
  /** A message that was not known before. */
  readonly fresh: boolean;
  readonly conversationId?: string;
  /** Somebody should answer in that conversation. */
  readonly awaiting: boolean;
}

const NOTHING: Folded = { fresh: false, awaiting: false };

/** Folds one event into the documents that have been read for it. Deterministic; the same event again changes nothing. */
export function foldEvent(space: Workspace, { event, identity }: Placed<StoredEvent>, context: Context): Folded {
  switch (event.type) {
    case "message":
      return foldMessage(space, { event, identity }, context);
    case "status":
      return foldStatus(space, event, context);
    case "reaction":
      return foldReaction(space, event, context);
    case "edit":
      return foldNews(space, event, context, (subject) => withEdit(subject, event.text, event.revision, event.at));
    case "deletion":
      return foldNews(space, event, context, (subject) => withDeletion(subject, event.at));
    case "watermark":
      return foldWatermark(space, { event, identity });
    case "preference":
      return foldPreference(space, { event, identity }, context);
    case "account":
      return foldAccount(space, event, context);
  }
}

function foldMessage(space: Workspace, placed: Placed<MessageEvent>, context: Context): Folded {
  const { event, identity } = placed;
  const id = idOf(event);
  const { conversationId } = identity;
  if (event.direction === "echo") {
    const own = ownMessage(space, event, conversationId);
    if (own) {
      link(space, own, event.providerId, id, (message) => withStatus(message, "sent"));
      return { fresh: false, awaiting: false, conversationId };
    }
  }
  const conversation = space.conversation(conversationId);
  if (space.message(id)) return { fresh: false, awaiting: conversation?.awaitingReply === true, conversationId };

  const early = space.early(id);
  const written = messageDocument(event, identity, context);
  const reached = event.direction === "echo" ? withWatermarks(written, conversation?.watermarks) : written;
  const message = early ? withEarlyNews(reached, early) : reached;
  space.put(messageRef(id), message);
  const patch = conversationPatch(conversation, placed, message, context);
  space.merge(conversationRef(conversationId), patch, { participants: participantsOf(identity) });
  return { fresh: true, awaiting: patch.awaitingReply === true, conversationId };
}

/** Joins our own message with the id that the provider gave it, and with what is already known under that id. */
function link(
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
  if (early) space.remove(messageRef(webhookId));
}

function withWatermarks(message: Message, marks: { delivered?: Timestamp; read?: Timestamp } | undefined): Message {
  const reaches = (mark: Timestamp | undefined) =>
    mark !== undefined && message.timestamp.toMillis() <= mark.toMillis();
  if (reaches(marks?.read)) return withStatus(message, "read");
  return reaches(marks?.delivered) ? withStatus(message, "delivered") : message;
}

function foldStatus(space: Workspace, event: StatusEvent, context: Context): Folded {
  const error = event.error && { code: event.error.code, message: event.error.title };
  const own = newsSubject(space, event);
  if (own && correlationOf(event) === own.id) {
    link(space, own, event.providerId, targetId(event), (message) => withStatus(message, event.status, error));
    return NOTHING;
  }
  return foldNews(space, event, context, (subject) => withStatus(subject, event.status, error));
}

function foldReaction(space: Workspace, event: ReactionEvent, context: Context): Folded {
  const who = event.fromUs === true ? event.account : event.customer;
  const folded = foldNews(space, event, context, (subject) => withReaction(subject, who, event.emoji, event.at));
  if (event.fromUs === true || folded.conversationId === undefined) return folded;
  const before = space.conversation(folded.conversationId)?.lastReactionAt?.toMillis() ?? 0;
  if (event.at > before) {
    space.merge(conversationRef(folded.conversationId), { lastReactionAt: Timestamp.fromMillis(event.at) });
  }
  return folded;
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
  const preview = after.deletedAt === undefined ? previewOf(after) : DELETED_PREVIEW;
  if (shown && preview !== previewOf(before)) {
    space.merge(conversationRef(before.conversationId), { lastMessage: preview });
  }
}

/** Everything of ours up to a time was delivered or read. */
function foldWatermark(space: Workspace, { event, identity }: Placed<WatermarkEvent>): Folded {
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
  if (event.watermark > before && space.conversation(conversationId)) {
    const watermarks = { [event.status]: Timestamp.fromMillis(event.watermark) };
    space.merge(conversationRef(conversationId), { watermarks });
  }
  return { ...NOTHING, conversationId };
}

/** The customer's last word on marketing counts; a stop wins over a resume of the same instant. */
function foldPreference(space: Workspace, { event, identity }: Placed<PreferenceEvent>, context: Context): Folded {
  const contact = space.conversation(identity.conversationId)?.contact;
  const before = contact?.optOutAt?.toMillis() ?? 0;
  if (event.at > before || (event.at === before && event.optOut)) {
    const patch = {
      id: identity.conversationId,
      channel: event.channel,
      updatedAt: Timestamp.fromMillis(context.now),
      contact: { optOut: event.optOut, optOutAt: Timestamp.fromMillis(event.at) },
    };
    space.merge(conversationRef(identity.conversationId), patch, { participants: participantsOf(identity) });
  }
  return { ...NOTHING, conversationId: identity.conversationId };
}

/** The newest news of each kind, per account, number and template: what OmniChannelStatus shows. */
function foldAccount(space: Workspace, event: AccountEvent, context: Context): Folded {
  const ref = channelRef(event);
  const subject = event.detail.message_template_name ?? event.detail.display_phone_number ?? "";
  const key = [event.account, event.field, subject].filter(Boolean).join(" ");
  const notices = (space.get(ref)?.notices ?? {}) as Record<string, { at?: Timestamp } | undefined>;
  if (event.at >= (notices[key]?.at?.toMillis() ?? 0)) {
    const notice = {
      account: event.account,
      field: event.field,
      detail: { ...event.detail },
      at: Timestamp.fromMillis(event.at),
    };
    space.merge(ref, {
      channel: event.channel,
      notices: { [key]: notice },
      updatedAt: Timestamp.fromMillis(context.now),
    });
  }
  return NOTHING;
}
