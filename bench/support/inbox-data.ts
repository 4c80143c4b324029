import { type Firestore, Timestamp } from "firebase-admin/firestore";
import { BOT_ID, COLLECTIONS, type Conversation, type Message } from "../../app/conversations/model.ts";

/** What an inbox looks like after a busy year: many conversations, and one that is very long. */

const BATCH = 500;
const MINUTE = 60_000;
const FIRST_CUSTOMER = 5511930000000;

export const customerNo = (index: number): string => String(FIRST_CUSTOMER + index);

/** Conversations, the first the newest: a minute apart, so that their order is known. */
export async function seedConversations(db: Firestore, count: number, now: number): Promise<void> {
  for (let start = 0; start < count; start += BATCH) {
    const batch = db.batch();
    for (let index = start; index < Math.min(count, start + BATCH); index += 1) {
      const conversation = conversationNo(index, now);
      batch.set(db.collection(COLLECTIONS.conversations).doc(conversation.id), conversation);
    }
    await batch.commit();
  }
}

function conversationNo(index: number, now: number): Conversation {
  const customer = customerNo(index);
  const at = Timestamp.fromMillis(now - index * MINUTE);
  return {
    id: `whatsapp_${customer}`,
    channel: "whatsapp",
    participants: [customer, BOT_ID],
    userType: "cliente",
    contact: { name: `Cliente de exemplo número ${index}`, phone: customer },
    lastMessage: `Mensagem de exemplo número ${index}, tão longa quanto costumam ser`,
    lastMessageAt: at,
    lastMessageSender: index % 3 === 0 ? customer : BOT_ID,
    lastInboundAt: at,
    status: "active",
    mode: "bot",
    updatedAt: at,
    unread: 0,
  };
}

/** The messages of one conversation, by turns, ten seconds apart, the last one now. */
export async function seedMessages(db: Firestore, customer: string, count: number, now: number): Promise<void> {
  for (let start = 0; start < count; start += BATCH) {
    const batch = db.batch();
    for (let index = start; index < Math.min(count, start + BATCH); index += 1) {
      const message = messageNo(customer, index, now - (count - index) * 10_000);
      batch.set(db.collection(COLLECTIONS.messages).doc(message.id), message);
    }
    await batch.commit();
  }
}

function messageNo(customer: string, index: number, at: number): Message {
  const byCustomer = index % 2 === 0;
  return {
    id: `bench-${customer}-${index}`,
    conversationId: `whatsapp_${customer}`,
    channel: "whatsapp",
    sender: byCustomer ? customer : BOT_ID,
    senderType: byCustomer ? "cliente" : "bot",
    text: `Mensagem ${index}: ${"palavras de exemplo ".repeat(1 + (index % 9))}`,
    timestamp: Timestamp.fromMillis(at),
    isAutomation: false,
    metadata: {},
    createdAt: Timestamp.fromMillis(at),
    kind: "text",
    status: byCustomer ? "received" : "read",
  };
}
