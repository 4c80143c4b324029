import type { AttachmentInfo } from "../channels/channel.ts";

/**
 * A file of a message, as `messages/{id}.attachments[]` holds it: what the channel told about it, and how far its bytes
 * have got. A browser never gets `object`; it asks `GET /api/omni/attachments/{messageId}/{index}` for a URL.
 */
export interface Attachment extends AttachmentInfo {
  /** Absent for what has no bytes to keep: a place, a contact card, a link, a story (which Meta forbids storing). */
  state?: AttachmentState;
  /** Why there are no bytes; only with `failed`. */
  reason?: AttachmentReason;
  /** Bytes; only with `stored`. */
  size?: number;
  /** Name in the private bucket; only with `stored`. */
  object?: string;
}

/** `pending`: the worker will fetch it, or try again. `stored`: it can be shown. `failed`: for good, see the reason. */
export type AttachmentState = "pending" | "stored" | "failed";

export const ATTACHMENT_REASONS = {
  /** Meta no longer has it: a media id lives seven days, an address of a CDN some days. */
  expired: "O arquivo expirou na Meta antes de ser guardado.",
  /** Larger than the channel's limit for its kind. */
  too_large: "O arquivo é maior do que o limite do canal.",
  /** The bytes are not what the message says, or a program. */
  type_refused: "O conteúdo do arquivo não é de um tipo permitido.",
  /** The address leads to a host that is not Meta's. */
  host_refused: "O endereço do arquivo não é da Meta.",
  /** Given up after several tries over some days. */
  unavailable: "Não foi possível buscar o arquivo depois de várias tentativas.",
} as const;
export type AttachmentReason = keyof typeof ATTACHMENT_REASONS;

const FILES: ReadonlySet<AttachmentInfo["type"]> = new Set(["image", "video", "audio", "document", "sticker"]);

/** Whether there are bytes to fetch. */
export function isFile(attachment: AttachmentInfo): boolean {
  return FILES.has(attachment.type) && (attachment.mediaId !== undefined || attachment.url !== undefined);
}

/** An attachment as a new message stores it. */
export function newAttachment(info: AttachmentInfo): Attachment {
  return isFile(info) ? { ...info, state: "pending" } : { ...info };
}

/** Everything of one message lies under this name, so that it can be removed as one. */
export function folderOf(messageId: string): string {
  return `received/${messageId}/`;
}

export function objectOf(messageId: string, index: number): string {
  return `${folderOf(messageId)}${index}`;
}
