import { useEffect, useRef } from "react";
import { useConversations } from "../data/inbox.ts";
import type { ConversationFilter } from "../data/model.ts";
import { displayName } from "../format/names.ts";
import { notifications, sound } from "../preferences/preferences.ts";
import { arrivals, type Known, knownOf } from "./arrivals.ts";
import { chime } from "./chime.ts";
import { useSelection } from "./navigation.tsx";
import { notify } from "./notify.ts";

const WAITING: ConversationFilter = { view: "waiting" };
const TITLE = "Servio Omnichannel";

/** Tells of customers who wait for a person: in the tab's title, and as loudly as the agent has chosen. @returns how many wait */
export function useAlerts(): number {
  const { value } = useConversations(WAITING);
  const { conversationId } = useSelection();
  const known = useRef<Known>(undefined);
  const rows = value?.items;
  const waiting = rows?.length ?? 0;

  useEffect(() => {
    document.title = waiting === 0 ? TITLE : `(${waiting}) ${TITLE}`;
  }, [waiting]);
  useEffect(() => {
    if (rows === undefined) return;
    const fresh = arrivals(known.current, rows).filter((row) => document.hidden || row.id !== conversationId);
    known.current = knownOf(rows);
    if (fresh.length === 0) return;
    if (sound.get() === "on") chime();
    // By the conversation: a second message of the same person takes the first one's place.
    for (const { id, ...row } of fresh) {
      notify({ title: displayName(row), body: row.lastMessage, tag: id, conversationId: id });
    }
  }, [rows, conversationId]);
  return waiting;
}

/** Asks the browser; without its leave the choice stays off. */
export async function setNotifications(value: "on" | "off"): Promise<boolean> {
  const allowed =
    value === "off" || ("Notification" in window && (await Notification.requestPermission()) === "granted");
  notifications.set(value === "on" && allowed ? "on" : "off");
  return allowed;
}
