import { useCallback, useEffect, useState } from "react";
import { useInbox } from "../data/inbox.ts";
import type { Conversation } from "../data/model.ts";

/** Fewer letters are in everything. The API takes no fewer. */
const SHORTEST = 2;
/** How long nobody has typed before the server is asked. */
const TYPED_MS = 300;

export interface FoundElsewhere {
  readonly state: "idle" | "searching" | "done" | "failed";
  readonly rows: readonly Conversation[];
  retry(): void;
}

interface Answer {
  readonly words: string;
  /** Absent when the API did not answer. */
  readonly rows?: readonly Conversation[];
}

/** Asks the server, which looks through all conversations and their messages; the page knows only what is loaded. */
export function useFound(typed: string): FoundElsewhere {
  const { api } = useInbox();
  const words = typed.trim();
  const [answer, setAnswer] = useState<Answer>();
  const wanted = words.length >= SHORTEST;
  const settled = answer?.words === words;
  useEffect(() => {
    if (!wanted || settled) return;
    let current = true;
    const ask = async () => {
      const rows = await api.search(words).catch(() => undefined);
      if (current) setAnswer({ words, ...(rows && { rows }) });
    };
    const timer = setTimeout(ask, TYPED_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [api, words, wanted, settled]);
  const retry = useCallback(() => setAnswer(undefined), []);
  // What was found for fewer letters stays until there is something newer: nothing jumps while one types.
  const rows = wanted ? (answer?.rows ?? NONE) : NONE;
  if (!wanted) return { state: "idle", rows, retry };
  if (!settled) return { state: "searching", rows, retry };
  return { state: answer.rows === undefined ? "failed" : "done", rows, retry };
}

const NONE: readonly Conversation[] = [];
