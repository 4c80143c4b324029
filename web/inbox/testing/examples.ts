import type { Conversation, Message } from "../data/model.ts";

/** Monday 23 November 2026, 12:00 in São Paulo. */
export const NOON = Date.parse("2026-11-23T15:00:00Z");
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const SAO_PAULO = { locale: "pt-BR", timeZone: "America/Sao_Paulo" } as const;

/** A conversation with the assistant whose customer wrote a minute ago. */
export function exampleConversation(changes: Partial<Conversation> = {}): Conversation {
  return {
    id: "whatsapp_5511900000001",
    channel: "whatsapp",
    customer: "5511900000001",
    name: "Cliente de exemplo",
    userType: "cliente",
    lastMessage: "Preciso de ajuda",
    lastMessageAt: NOON - MINUTE,
    lastMessageSender: "5511900000001",
    status: "active",
    mode: "bot",
    needsPerson: false,
    unread: 1,
    lastInboundAt: NOON - MINUTE,
    windowExpiresAt: NOON - MINUTE + DAY,
    ...changes,
  };
}

/** A text that the customer wrote a minute ago. */
export function exampleMessage(changes: Partial<Message> = {}): Message {
  return {
    id: "m1",
    conversationId: "whatsapp_5511900000001",
    sender: "5511900000001",
    author: "customer",
    text: "Preciso de ajuda",
    at: NOON - MINUTE,
    arrivedAt: NOON - MINUTE,
    status: "received",
    kind: "text",
    attachments: [],
    reactions: [],
    ...changes,
  };
}
