import type { Attachment } from "../../../app/attachments/model.ts";
import { CHANNELS, MESSAGE_KINDS } from "../../../app/channels/channel.ts";
import { BOT_ID, type MessageStatus, USER_TYPES } from "../../../app/conversations/model.ts";
import { count, type Doc, isDoc, oneOf, present, text, time } from "./fields.ts";
import type {
  Agent,
  CannedResponse,
  Conversation,
  Message,
  Note,
  Presence,
  Scheduled,
  Template,
  TemplateState,
} from "./model.ts";

/**
 * From a document as Firestore hands it out to what the page shows. Lenient on purpose: an agent must see a
 * conversation even when a field is odd, so every reader has something to fall back to. Written by hand because it runs
 * for each of thousands of documents, and a schema library would cost more bytes than the whole inbox list.
 */

const STATUSES: readonly MessageStatus[] = ["received", "pending", "sending", "sent", "delivered", "read", "failed"];
const LANGUAGES = ["pt", "en", "es"] as const;

/** @param id the document's id, which stands even when the field `id` is missing */
export function readConversation(id: string, doc: Doc): Conversation {
  const contact = isDoc(doc.contact) ? doc.contact : {};
  const channel = oneOf(CHANNELS, doc.channel) ?? oneOf(CHANNELS, id.slice(0, id.indexOf("_"))) ?? "webchat";
  return {
    id,
    channel,
    customer: id.slice(id.indexOf("_") + 1),
    userType: oneOf(USER_TYPES, doc.userType) ?? "cliente",
    lastMessage: text(doc.lastMessage) ?? "",
    lastMessageAt: time(doc.lastMessageAt) ?? 0,
    lastMessageSender: text(doc.lastMessageSender) ?? "",
    status: doc.status === "closed" ? "closed" : "active",
    mode: doc.mode === "human" ? "human" : "bot",
    needsPerson: doc.needsPerson === true,
    unread: count(doc.unread),
    ...present({
      name: text(contact.name),
      phone: text(contact.phone),
      userId: text(contact.userId),
      form: isDoc(doc.form) ? textsOf(doc.form) : undefined,
      assignedTo: text(doc.assignedTo),
      followUp: isDoc(doc.followUp) ? text(doc.followUp.text) : undefined,
      lastInboundAt: time(doc.lastInboundAt),
      windowExpiresAt: time(doc.windowExpiresAt),
      language: oneOf(LANGUAGES, doc.language),
      snooze: readSnooze(doc.snooze),
    }),
  };
}

function textsOf(doc: Doc): Record<string, string> {
  return Object.fromEntries(Object.entries(doc).flatMap(([key, value]) => (text(value) ? [[key, String(value)]] : [])));
}

export function readMessage(id: string, doc: Doc): Message {
  const conversationId = text(doc.conversationId) ?? "";
  return {
    id,
    conversationId,
    sender: text(doc.sender) ?? "",
    author: authorOf(doc, conversationId),
    text: text(doc.text) ?? "",
    at: time(doc.timestamp) ?? time(doc.createdAt) ?? 0,
    arrivedAt: time(doc.createdAt) ?? 0,
    kind: oneOf(MESSAGE_KINDS, doc.kind) ?? "text",
    attachments: Array.isArray(doc.attachments) ? doc.attachments.filter(isAttachment) : [],
    reactions: isDoc(doc.reactions)
      ? (Object.values(doc.reactions).filter((emoji) => typeof emoji === "string" && emoji !== "") as string[])
      : [],
    ...present({
      status: oneOf(STATUSES, doc.status),
      error: readError(doc.error),
      replyTo: text(doc.replyTo),
      providerId: text(doc.providerId),
      editedAt: time(doc.editedAt),
      deletedAt: time(doc.deletedAt),
    }),
  };
}

/** `undefined` for one that says nothing. */
export function readCanned(id: string, doc: Doc): CannedResponse | undefined {
  const words = text(doc.text);
  return words === undefined ? undefined : { id, shortcut: text(doc.shortcut) ?? id, text: words };
}

export function readTemplate(id: string, doc: Doc): Template | undefined {
  const [name, language, body] = [text(doc.name), text(doc.language), text(doc.body)];
  if (name === undefined || language === undefined || body === undefined || doc.obstacle != null) return undefined;
  return { id, name, language, body, variables: strings(doc.variables) };
}

const OBSTACLES = ["header_media", "header_variable", "button_variable", "authentication"] as const;

/** `undefined` for one without a name. */
export function readTemplateState(id: string, doc: Doc): TemplateState | undefined {
  const name = text(doc.name);
  if (name === undefined) return undefined;
  return {
    id,
    name,
    language: text(doc.language) ?? "",
    status: text(doc.status) ?? "",
    ...present({
      category: text(doc.category),
      body: text(doc.body),
      // Meta writes `NONE` where there is nothing to say.
      reason: doc.reason === "NONE" ? undefined : text(doc.reason),
      obstacle: oneOf(OBSTACLES, doc.obstacle),
      at: time(doc.statusAt),
    }),
  };
}

export function readAgent(id: string, doc: Doc): Agent {
  const left = time(doc.leftAt) === undefined ? {} : { hasLeft: true as const };
  return { id, name: text(doc.name) ?? id, ...left, ...present({ signedOutAt: time(doc.signedOutAt) }) };
}

export function readNote(id: string, doc: Doc): Note {
  return {
    id,
    conversationId: text(doc.conversationId) ?? "",
    author: text(doc.author) ?? "",
    text: text(doc.text) ?? "",
    mentions: strings(doc.mentions),
    at: time(doc.createdAt) ?? 0,
  };
}

/** `undefined` for one who has left. */
export function readPresence(_id: string, doc: Doc): Presence | undefined {
  const [uid, state] = [text(doc.uid), oneOf(["viewing", "typing"] as const, doc.state)];
  if (uid === undefined || state === undefined) return undefined;
  return { uid, state, name: text(doc.name) ?? uid, at: time(doc.at) ?? 0 };
}

export function readScheduled(id: string, doc: Doc): Scheduled {
  return { id, author: text(doc.author) ?? "", text: text(doc.text) ?? "", dueAt: time(doc.dueAt) ?? 0 };
}

/** Addresses of the views that somebody keeps. */
export const readViews = (doc: Doc | undefined): readonly string[] => strings(doc?.views);

function readSnooze(value: unknown): Conversation["snooze"] {
  if (!isDoc(value)) return undefined;
  const [until, at] = [time(value.until), time(value.at)];
  return until === undefined || at === undefined ? undefined : { until, at };
}

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];

/** A customer writes under the id that the conversation is named after; `senderType` cannot tell, since an admin may be a customer too. */
function authorOf(doc: Doc, conversationId: string): Message["author"] {
  if (doc.isAutomation === true) return "automation";
  if (doc.sender === BOT_ID || doc.senderType === "bot") return "bot";
  const customer = conversationId.slice(conversationId.indexOf("_") + 1);
  return doc.sender === customer || doc.status === "received" ? "customer" : "person";
}

function readError(value: unknown): Message["error"] {
  if (!isDoc(value)) return undefined;
  return {
    code: typeof value.code === "number" ? value.code : 0,
    message: text(value.message) ?? text(value.title) ?? "",
  };
}

const isAttachment = (value: unknown): value is Attachment => isDoc(value) && typeof value.type === "string";
