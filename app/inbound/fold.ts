import type { Timestamp } from "firebase-admin/firestore";
import type { MessageEvent } from "../channels/channel.ts";
import { doneFields } from "../conversations/follow-up-tasks.ts";
import type { Message } from "../conversations/model.ts";
import { conversationPatch } from "./conversation.ts";
import { type Context, idOf, messageDocument } from "./documents.ts";
import { type Placed, participantsOf } from "./fast.ts";
import { foldAccount, foldPreference } from "./fold-account.ts";
import { foldDeletion, foldEdit, foldReaction, foldStatus, foldWatermark, link, noteReactions } from "./fold-news.ts";
import type { Folded } from "./folded.ts";
import { withEarlyNews, withStatus } from "./news.ts";
import { ownMessage, type StoredEvent } from "./search.ts";
import { conversationRef, messageRef, taskRef, type Workspace } from "./workspace.ts";

/** Folds one event into the documents that have been read for it. Deterministic; the same event again changes nothing. */
export function foldEvent(space: Workspace, placed: Placed<StoredEvent>, context: Context): Folded {
  const { event, identity } = placed;
  switch (event.type) {
    case "message":
      return foldMessage(space, { ...placed, event }, context);
    case "status":
      return foldStatus(space, event, context);
    case "reaction":
      return foldReaction(space, event, context);
    case "edit":
      return foldEdit(space, event, context);
    case "deletion":
      return foldDeletion(space, event, context);
    case "watermark":
      return foldWatermark(space, { event, identity }, context);
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
  const written = messageDocument(event, identity, context, placed.index);
  const reached = event.direction === "echo" ? withWatermarks(written, conversation?.watermarks) : written;
  const message = early ? withEarlyNews(reached, early) : reached;
  space.put(messageRef(id), message);
  const patch = conversationPatch(conversation, placed, message, context);
  const tasks = (patch.mode === "human" && conversation?.openTasks) || [];
  for (const task of tasks) space.merge(taskRef(task), doneFields(message.sender, context.now));
  space.merge(conversationRef(conversationId), patch, { participants: participantsOf(identity) });
  noteReactions(space, message);
  return { fresh: true, awaiting: patch.awaitingReply === true, conversationId };
}

function withWatermarks(message: Message, marks: { delivered?: Timestamp; read?: Timestamp } | undefined): Message {
  const reaches = (mark: Timestamp | undefined) =>
    mark !== undefined && message.timestamp.toMillis() <= mark.toMillis();
  if (reaches(marks?.read)) return withStatus(message, "read");
  return reaches(marks?.delivered) ? withStatus(message, "delivered") : message;
}
