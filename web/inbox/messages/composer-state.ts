import { replyWindow } from "../conversations/window.ts";
import type { Conversation } from "../data/model.ts";

/** Whether one may write, and what there is to say about it. */
export type ComposerState =
  | {
      readonly kind: "open";
      readonly hint: "none" | "takes_over" | "asked_for" | "person_only";
      readonly until?: number;
    }
  /** The reply window is over; `since` in Unix milliseconds, absent when the customer never wrote. */
  | { readonly kind: "window_closed"; readonly since?: number }
  | { readonly kind: "conversation_closed" };

export function composerState(conversation: Conversation, now: number): ComposerState {
  if (conversation.status === "closed") return { kind: "conversation_closed" };
  const open = replyWindow(conversation, now);
  if (open.state === "closed")
    return { kind: "window_closed", ...(open.since === undefined ? {} : { since: open.since }) };
  if (open.state === "person_only") return { kind: "open", hint: "person_only", until: open.until };
  if (conversation.mode === "human") return { kind: "open", hint: "none" };
  return { kind: "open", hint: conversation.needsPerson ? "asked_for" : "takes_over" };
}
