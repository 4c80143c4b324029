import type { Conversation } from "../data/model.ts";

/** Who has the conversation: the assistant, nobody yet though a person should, or a person (by uid). */
export type Handler =
  | { readonly kind: "bot" }
  | { readonly kind: "waiting" }
  | { readonly kind: "person"; readonly who?: string };

type Handled = Pick<Conversation, "mode" | "assignedTo" | "needsPerson" | "status" | "lastMessageSender" | "customer">;

/** The customer spoke last: somebody of ours is due. */
export function customerSpokeLast(row: Pick<Conversation, "lastMessageSender" | "customer">): boolean {
  return row.lastMessageSender === row.customer;
}

/** A person is due: the bot asked for one, or the customer wrote to one. */
export function isWaiting(row: Handled): boolean {
  if (row.status === "closed") return false;
  return row.needsPerson || (row.mode === "human" && customerSpokeLast(row));
}

/** Since when the customer waits, as far as the conversation tells. Unix milliseconds. */
export function waitingSince(row: Pick<Conversation, "lastInboundAt" | "lastMessageAt">): number {
  return row.lastInboundAt ?? row.lastMessageAt;
}

export function handlerOf(row: Handled): Handler {
  if (isWaiting(row)) return { kind: "waiting" };
  if (row.mode === "bot") return { kind: "bot" };
  return { kind: "person", ...(row.assignedTo === undefined ? {} : { who: row.assignedTo }) };
}
