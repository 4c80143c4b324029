import type { LivePage, PageListener } from "./model.ts";

/** One snapshot of a limited, ordered query. */
export interface Snapshot<T> {
  readonly items: readonly T[];
  /** How many documents the query gave, before any were sifted out. */
  readonly count: number;
  /** True while only what was in memory is known, before the server has answered. */
  readonly fromCache: boolean;
}

/** Listens to the first `limit` documents of a query; returns how to stop. */
export type Listen<T> = (
  limit: number,
  next: (snapshot: Snapshot<T>) => void,
  fail: (reason: Error) => void,
) => () => void;

/** How many documents the first page holds. */
export const FIRST_PAGE = 50;

/**
 * A live list that grows by doubling its limit. Everything in it stays live and there are no seams between pages, which
 * cursors cannot promise while documents move to the top; doubling keeps the documents read below twice those shown.
 * The narrower listener stays until the wider one has the server's answer, so the list never shrinks in between.
 */
export function growingPage<T>(listen: Listen<T>, listener: PageListener<T>, first = FIRST_PAGE): LivePage {
  const open = new Map<number, () => void>();
  /** The size whose snapshots are passed on: the widest that the server has answered. */
  let shown = first;
  let wanted = first;
  let hasMore = false;

  const start = (size: number) => {
    const next = (snapshot: Snapshot<T>) => {
      // A wider list that is not complete yet would make the one on the page shrink; an empty cache is no answer.
      if (snapshot.fromCache && (size !== shown || snapshot.count === 0)) return;
      if (size > shown) {
        open.get(shown)?.();
        open.delete(shown);
        shown = size;
      }
      if (size !== shown) return;
      hasMore = snapshot.count >= size;
      listener.next({ items: snapshot.items, hasMore });
    };
    open.set(size, listen(size, next, listener.fail));
  };

  start(first);
  return {
    more() {
      if (wanted > shown || !hasMore) return;
      wanted = shown * 2;
      start(wanted);
    },
    stop() {
      for (const stop of open.values()) stop();
      open.clear();
    },
  };
}
