import { useEffect, useRef, useSyncExternalStore } from "react";
import { useInbox } from "../data/inbox.ts";
import type { Conversation } from "../data/model.ts";

function subscribe(listener: () => void): () => void {
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
}

/** An open conversation counts as read while somebody can see it. */
export function useReadMark(conversation: Conversation | undefined): void {
  const { api, overlay } = useInbox();
  const visible = useSyncExternalStore(subscribe, () => document.visibilityState === "visible");
  const id = conversation?.id;
  const unread = conversation?.unread ?? 0;
  const newest = conversation?.lastMessageAt;
  const tried = useRef("");
  useEffect(() => {
    if (id === undefined || unread === 0 || !visible) return;
    // Once for each new message: a refusal brings the count back, and must not be answered with the same request for ever.
    const attempt = `${id} ${newest}`;
    if (tried.current === attempt) return;
    tried.current = attempt;
    overlay
      .during(id, { unread: 0 }, () => api.markRead(id))
      .catch((reason) => console.warn("The conversation could not be marked as read.", reason));
  }, [id, unread, newest, visible, api, overlay]);
}
