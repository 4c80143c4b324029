import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import type { Conversation } from "../data/model.ts";
import { displayName } from "../format/names.ts";
import type { Entry } from "./entries.ts";
import { useMessageWords } from "./message-words.ts";

/** So many spoken lines are kept: a log only grows, a page must not. */
const KEPT = 20;

/**
 * Speaks what the customer and the bot say while the conversation is open. A small log of its own, because the visible one
 * draws and drops messages as it scrolls, and a screen reader would read history aloud (W3C ARIA23: a log only appends).
 */
export function Announcer({
  conversation,
  entries,
}: {
  readonly conversation: Conversation;
  readonly entries: readonly Entry[];
}) {
  const { t } = useLingui();
  const words = useMessageWords();
  const name = displayName(conversation);
  const [spoken, setSpoken] = useState<readonly { readonly key: string; readonly line: string }[]>([]);
  const newestAt = useRef(entries.at(-1)?.at ?? 0);

  useEffect(() => {
    const fresh = entries.filter(
      (entry) => entry.at > newestAt.current && entry.author !== "person" && entry.author !== "note",
    );
    newestAt.current = Math.max(newestAt.current, entries.at(-1)?.at ?? 0);
    if (fresh.length === 0) return;
    const who = (entry: Entry) => (entry.author === "customer" ? name : t`Assistente`);
    setSpoken((lines) =>
      [...lines, ...fresh.map((entry) => ({ key: entry.key, line: `${who(entry)}: ${words(entry)}` }))].slice(-KEPT),
    );
  }, [entries, name, t, words]);

  return (
    <div role="log" aria-label={t`Mensagens novas`} className="sr-only">
      {spoken.map(({ key, line }) => (
        <p key={key}>{line}</p>
      ))}
    </div>
  );
}
