import type { Conversation } from "../data/model.ts";

/** Who has the conversation: the assistant, nobody yet though a person should, or a person. */
export type Handler =
  | { readonly kind: "bot" }
  | { readonly kind: "waiting" }
  | { readonly kind: "person"; readonly who?: string };

/** The customer spoke last: somebody of ours is due. */
export function customerSpokeLast(row: Pick<Conversation, "lastMessageSender" | "customer">): boolean {
  return row.lastMessageSender === row.customer;
}

export function handlerOf(row: Pick<Conversation, "mode" | "assignedTo" | "lastMessageSender" | "customer">): Handler {
  if (row.mode === "bot") return { kind: "bot" };
  if (customerSpokeLast(row)) return { kind: "waiting" };
  return { kind: "person", ...(row.assignedTo === undefined ? {} : { who: row.assignedTo }) };
}
