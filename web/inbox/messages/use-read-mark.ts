import { useEffect, useSyncExternalStore } from "react";
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
  useEffect(() => {
    if (id === undefined || unread === 0 || !visible) return;
    overlay
      .during(id, { unread: 0 }, () => api.markRead(id))
      // Nothing for the agent to do: the count comes back, and opening the conversation again tries again.
      .catch((reason) => console.warn("The conversation could not be marked as read.", reason));
  }, [id, unread, visible, api, overlay]);
}
