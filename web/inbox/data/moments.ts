import type { PagesOptions } from "./live-pages.ts";

/** Longer than that nobody waits for a page, however much there is to draw. */
const IDLE_WITHIN_MS = 300;
/** Longer than between two pages of a list that is thrown. */
const CALM_MS = 500;

/** Runs something once; returns how to call it off. */
export function later(work: () => void, ms = 0): () => void {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
}

/** Between two frames, where the browser tells when that is: Safari does not. */
function idle(work: () => void): () => void {
  if (!("requestIdleCallback" in globalThis)) return later(work);
  const handle = requestIdleCallback(work, { timeout: IDLE_WITHIN_MS });
  return () => cancelIdleCallback(handle);
}

/** When a browser does what live pages put off: in a task of its own, after the frame that is due; idle; no longer scrolling. */
export const MOMENTS = {
  later,
  idle,
  calm: (work) => later(work, CALM_MS),
} as const satisfies PagesOptions;
