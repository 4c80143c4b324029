import { useEffect, useRef } from "react";

/** How long a scroll must have stopped before what is in sight counts. */
const SETTLED_MS = 250;

/** Calls back with the last range that was drawn, once it has stayed for a moment. `undefined` counts as none. */
export function useSettled(
  first: number | undefined,
  last: number | undefined,
  onSettled: (first: number, last: number) => void,
): void {
  const latest = useRef(onSettled);
  useEffect(() => {
    latest.current = onSettled;
  });
  useEffect(() => {
    if (first === undefined || last === undefined) return;
    const timer = setTimeout(() => latest.current(first, last), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [first, last]);
}
