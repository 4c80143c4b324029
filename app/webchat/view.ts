import * as z from "zod";
import type { Conversation, Message } from "../conversations/model.ts";

/** What a visitor sees of their own conversation: named fields only, and nothing that has not been said to them. */

const time = z.iso.datetime().describe("ISO 8601, UTC");

export const visitorMessageView = z.object({
  id: z.string(),
  author: z.enum(["visitor", "bot", "team"]).describe("`team`: a person"),
  text: z.string(),
  at: time,
  clientMessageId: z.string().optional().describe("Of the visitor's own: what the page called it"),
  read: z.boolean().optional().describe("Of the team's and the bot's: the visitor has seen it"),
  deleted: z.boolean().optional(),
});
export type VisitorMessage = z.output<typeof visitorMessageView>;

export const visitorStateView = z.object({
  handler: z.enum(["bot", "team"]).describe("Who answers"),
  waiting: z.boolean().describe("A person has been asked for and has not written yet"),
  typing: z.enum(["bot", "team"]).nullable(),
  seen: z.boolean().describe("The team has seen everything"),
  closed: z.boolean(),
});
export type VisitorState = z.output<typeof visitorStateView>;

/** Ours that has reached the channel. What is still being decided may yet be taken back. */
const SAID: ReadonlySet<Message["status"]> = new Set(["sent", "delivered", "read"]);

/** The message as its visitor may see it; undefined when it is none of theirs to see. */
export function viewForVisitor(message: Message, visitorId: string): VisitorMessage | undefined {
  const own = message.sender === visitorId;
  if (message.kind === "system" || (!own && !SAID.has(message.status))) return undefined;
  const deleted = message.deletedAt !== undefined;
  const clientMessageId = own ? clientIdOf(message.providerId, visitorId) : undefined;
  return {
    id: message.id,
    author: own ? "visitor" : message.senderType === "bot" ? "bot" : "team",
    text: deleted ? "" : message.text,
    at: message.timestamp.toDate().toISOString(),
    ...(clientMessageId !== undefined && { clientMessageId }),
    ...(!own && { read: message.status === "read" }),
    ...(deleted && { deleted }),
  };
}

/** Unique among all visitors, since each page makes up its own. */
export function providerIdOf(visitorId: string, clientMessageId: string): string {
  return `${visitorId}/${clientMessageId}`;
}

function clientIdOf(providerId: string | undefined, visitorId: string): string | undefined {
  const prefix = `${visitorId}/`;
  return providerId?.startsWith(prefix) ? providerId.slice(prefix.length) : undefined;
}

/** @param now Unix milliseconds */
export function stateForVisitor(conversation: Conversation | undefined, now: number): VisitorState {
  const human = conversation?.mode === "human";
  const lease = conversation?.lease;
  const thinking = !human && conversation?.awaitingReply === true && lease != null && lease.expiresAt.toMillis() > now;
  return {
    handler: human ? "team" : "bot",
    waiting: human && conversation.needsPerson === true,
    typing: thinking ? "bot" : null,
    seen: human && (conversation.unread ?? 0) === 0,
    closed: conversation?.status === "closed",
  };
}
