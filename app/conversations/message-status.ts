import type { MessageStatus } from "./model.ts";

const RANK: Readonly<Record<Exclude<MessageStatus, "failed">, number>> = {
  received: 0,
  pending: 0,
  sending: 1,
  sent: 2,
  delivered: 3,
  read: 4,
};

/**
 * The status after news about it: it never goes backwards. A failure counts only before delivery, and delivery counts
 * even after a failure, since a provider may report an earlier attempt late.
 */
export function raiseStatus(current: MessageStatus | undefined, next: MessageStatus): MessageStatus {
  if (current === undefined) return next;
  if (current === "failed") return next === "delivered" || next === "read" ? next : "failed";
  if (next === "failed") return RANK[current] < RANK.delivered ? "failed" : current;
  return RANK[next] > RANK[current] ? next : current;
}

/** As {@link raiseStatus}, but our own send may also go back from `sending` to `pending` to be tried again. */
export function mirrorStatus(current: MessageStatus | undefined, next: MessageStatus): MessageStatus {
  if (next === "pending" && (current === "sending" || current === "pending")) return "pending";
  return raiseStatus(current, next);
}

/** Whether the provider has told us that the message left, whatever our own call seemed to say. */
export function provesItLeft(message: { readonly status?: MessageStatus; readonly providerId?: string }): boolean {
  const { status } = message;
  return message.providerId !== undefined || status === "sent" || status === "delivered" || status === "read";
}
