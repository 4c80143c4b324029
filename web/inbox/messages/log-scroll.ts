import { type RefObject, useEffect, useRef, useState } from "react";
import type { Entry } from "./entries.ts";

/** The box that is written in grows, a phone turns: whoever reads the newest message still sees it. */
export function useStayAtEnd(scroller: RefObject<HTMLElement | null>, toEnd: () => void): RefObject<boolean> {
  const atEnd = useRef(true);
  const latest = useRef(toEnd);
  useEffect(() => {
    latest.current = toEnd;
  });
  useEffect(() => {
    if (scroller.current === null) return;
    const observer = new ResizeObserver(() => atEnd.current && latest.current());
    observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [scroller]);
  return atEnd;
}

/** How many came in below what is being read. One's own message always comes into sight. */
export function useUnseen(entries: readonly Entry[], isAtEnd: () => boolean, toEnd: () => void) {
  const [unseen, setUnseen] = useState(0);
  const newest = entries.at(-1);
  const seen = useRef({ key: newest?.key, count: entries.length });
  useEffect(() => {
    const before = seen.current;
    seen.current = { key: newest?.key, count: entries.length };
    if (newest === undefined || newest.key === before.key) return;
    if (newest.outgoing !== undefined) toEnd();
    else if (!isAtEnd()) setUnseen((count) => count + newer(entries, before.key));
  }, [entries, newest, isAtEnd, toEnd]);
  return { unseen, reachedEnd: () => setUnseen(0) };
}

/** How many entries stand after the one that was the newest. */
function newer(entries: readonly Entry[], key: string | undefined): number {
  const index = entries.findLastIndex((entry) => entry.key === key);
  return index === -1 ? 1 : entries.length - 1 - index;
}
