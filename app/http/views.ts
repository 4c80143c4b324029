import type { Timestamp } from "firebase-admin/firestore";
import * as z from "zod";
import type { Attachment } from "../attachments/model.ts";
import { CHANNELS } from "../channels/channel.ts";
import { type Conversation, type Message, USER_TYPES } from "../conversations/index.ts";

/** What the API shows of a document: named fields only, so that nothing internal slips out with a new one. */

const time = z.iso.datetime().describe("ISO 8601, UTC");

export const conversationView = z.object({
  id: z.string().describe("`{channel}_{sender}`"),
  channel: z.enum(CHANNELS),
  participants: z.array(z.string()),
  userType: z.enum(USER_TYPES),
  lastMessage: z.string(),
  lastMessageAt: time,
  lastMessageSender: z.string(),
  status: z.enum(["active", "closed"]),
  updatedAt: time,
  mode: z.enum(["bot", "human"]),
  needsPerson: z.boolean(),
  assignedTo: z.string().nullable(),
  unread: z.int(),
  contact: z.object({ name: z.string(), phone: z.string() }).partial(),
  windowExpiresAt: time.optional(),
  language: z.string().optional(),
});
export type ConversationView = z.output<typeof conversationView>;

export const messageView = z.object({
  id: z.string(),
  conversationId: z.string(),
  channel: z.enum(CHANNELS),
  sender: z.string(),
  senderType: z.enum([...USER_TYPES, "bot"]),
  text: z.string(),
  timestamp: time,
  isAutomation: z.boolean(),
  kind: z.string(),
  status: z.enum(["received", "pending", "sending", "sent", "delivered", "read", "failed"]).optional(),
  error: z.object({ code: z.number(), message: z.string() }).optional(),
  attachments: z
    .array(
      z.looseObject({
        type: z.string(),
        state: z.enum(["pending", "stored", "failed"]).optional().describe("Of its bytes; absent where there are none"),
        reason: z
          .string()
          .optional()
          .describe("Why `failed`: expired, too_large, type_refused, host_refused, unavailable"),
      }),
    )
    .describe("`GET /api/omni/attachments/{id}/{index}` gives a URL for those that are `stored`"),
  reactions: z.record(z.string(), z.string()),
  replyTo: z.string().optional(),
  editedAt: time.optional(),
  deletedAt: time.optional(),
});
export type MessageView = z.output<typeof messageView>;

export function viewConversation(conversation: Conversation): ConversationView {
  const { contact } = conversation;
  return {
    id: conversation.id,
    channel: conversation.channel,
    participants: conversation.participants,
    userType: conversation.userType ?? "cliente",
    lastMessage: conversation.lastMessage,
    lastMessageAt: iso(conversation.lastMessageAt),
    lastMessageSender: conversation.lastMessageSender,
    status: conversation.status,
    updatedAt: iso(conversation.updatedAt),
    mode: conversation.mode ?? "bot",
    needsPerson: conversation.needsPerson ?? false,
    assignedTo: conversation.assignedTo ?? null,
    unread: conversation.unread ?? 0,
    contact: { ...(contact?.name && { name: contact.name }), ...(contact?.phone && { phone: contact.phone }) },
    ...(conversation.windowExpiresAt && { windowExpiresAt: iso(conversation.windowExpiresAt) }),
    ...(conversation.language && { language: conversation.language }),
  };
}

export function viewMessage(message: Message): MessageView {
  return {
    id: message.id,
    conversationId: message.conversationId,
    channel: message.channel,
    sender: message.sender,
    senderType: message.senderType,
    text: message.text,
    timestamp: iso(message.timestamp),
    isAutomation: message.isAutomation,
    kind: message.kind ?? "text",
    attachments: (message.attachments ?? []).map(viewAttachment),
    reactions: message.reactions ?? {},
    ...(message.status && { status: message.status }),
    ...(message.error && { error: message.error }),
    ...(message.replyTo && { replyTo: message.replyTo }),
    ...(message.editedAt && { editedAt: iso(message.editedAt) }),
    ...(message.deletedAt && { deletedAt: iso(message.deletedAt) }),
  };
}

/** Without the names by which only we reach the bytes. */
function viewAttachment({ object: _object, mediaId: _mediaId, ...shown }: Attachment) {
  return shown;
}

function iso(time: Timestamp): string {
  return time.toDate().toISOString();
}
