import * as z from "zod";
import { type Attachment, signedPath } from "../attachments/index.ts";
import type { Conversation, Message } from "../conversations/model.ts";
import type { Presence } from "../desk/model.ts";

/** What a visitor sees of their own conversation: named fields only, and nothing that has not been said to them. */

const time = z.iso.datetime().describe("ISO 8601, UTC");

export const visitorFileView = z.object({
  type: z.enum(["image", "document"]),
  url: z.string().describe("On this host, without a token; good for some hours"),
  name: z.string().optional(),
  size: z.int().describe("Bytes"),
});
export type VisitorFile = z.output<typeof visitorFileView>;

export const visitorMessageView = z.object({
  id: z.string(),
  author: z.enum(["visitor", "bot", "team"]).describe("`team`: a person"),
  text: z.string(),
  at: time,
  clientMessageId: z.string().optional().describe("Of the visitor's own: what the page called it"),
  read: z.boolean().optional().describe("Of the team's and the bot's: the visitor has seen it"),
  deleted: z.boolean().optional(),
  files: z.array(visitorFileView).optional(),
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

/** Makes the address of a stored file. */
export type FileLinks = (attachment: Attachment) => string | undefined;

/** As long as somebody may leave a chat open, in milliseconds. */
const LINK_LIFE_MS = 6 * 3_600_000;
const HOUR_MS = 3_600_000;

/** @param secret the newest of the secrets that sign links @param now Unix milliseconds */
export function createFileLinks(secret: string, now: () => number): FileLinks {
  return ({ state, object, mimeType = "application/octet-stream", fileName }) => {
    if (state !== "stored" || object === undefined) return undefined;
    // To the hour, so that a message looks the same when it is told again, and its picture is not loaded anew.
    const expiresAt = Math.ceil((now() + LINK_LIFE_MS) / HOUR_MS) * HOUR_MS;
    const named = fileName === undefined ? {} : { fileName };
    return signedPath({ object, contentType: mimeType, expiresAt, ...named }, secret);
  };
}

/** The message as its visitor may see it; undefined when it is none of theirs to see. */
export function viewForVisitor(message: Message, visitorId: string, links: FileLinks): VisitorMessage | undefined {
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
    ...filesOf(deleted ? [] : (message.attachments ?? []), links),
  };
}

function filesOf(attachments: readonly Attachment[], links: FileLinks): { files?: VisitorFile[] } {
  const files = attachments.flatMap((attachment): VisitorFile[] => {
    const url = links(attachment);
    if (url === undefined) return [];
    const { fileName: name, size = 0 } = attachment;
    const type = attachment.type === "image" ? "image" : "document";
    return [{ type, url, size, ...(name !== undefined && { name }) }];
  });
  return files.length === 0 ? {} : { files };
}

/** Unique among all visitors, since each page makes up its own. */
export function providerIdOf(visitorId: string, clientMessageId: string): string {
  return `${visitorId}/${clientMessageId}`;
}

function clientIdOf(providerId: string | undefined, visitorId: string): string | undefined {
  const prefix = `${visitorId}/`;
  return providerId?.startsWith(prefix) ? providerId.slice(prefix.length) : undefined;
}

/** What has not been renewed for so long is over, in milliseconds: an agent's inbox tells again while somebody types. */
export const TYPING_MS = 10_000;

/** Whether somebody of ours types. Who it is stays among colleagues. @param now Unix milliseconds */
export function isTyping(presences: readonly Presence[], now: number): boolean {
  return presences.some(({ state, at }) => state === "typing" && at.toMillis() > now - TYPING_MS);
}

/** @param teamTypes whether a person types right now @param now Unix milliseconds */
export function stateForVisitor(
  conversation: Conversation | undefined,
  now: number,
  teamTypes: boolean = false,
): VisitorState {
  const human = conversation?.mode === "human";
  const lease = conversation?.lease;
  const thinking = !human && conversation?.awaitingReply === true && lease != null && lease.expiresAt.toMillis() > now;
  return {
    handler: human ? "team" : "bot",
    waiting: human && conversation.needsPerson === true,
    typing: thinking ? "bot" : human && teamTypes ? "team" : null,
    seen: human && (conversation.unread ?? 0) === 0,
    closed: conversation?.status === "closed",
  };
}
