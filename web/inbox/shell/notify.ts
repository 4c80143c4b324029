import { notifications } from "../preferences/preferences.ts";
import { go } from "./navigation.tsx";

export interface Notice {
  readonly title: string;
  readonly body: string;
  /** A later notice with the same one takes its place. */
  readonly tag: string;
  /** Where a click leads. */
  readonly conversationId: string;
}

/** A notice of the system's, if this person wants them and the browser has them and allows it. */
export function notify({ title, body, tag, conversationId }: Notice): void {
  if (notifications.get() !== "on" || !("Notification" in window) || Notification.permission !== "granted") return;
  const notice = new Notification(title, { body, tag, icon: "/icon.svg" });
  notice.onclick = () => {
    window.focus();
    openConversation(conversationId);
    notice.close();
  };
}

/** Among the open ones, whatever the list is narrowed to. */
export function openConversation(conversationId: string): void {
  go({ page: "inbox", conversationId, filter: { view: "open" } });
}
