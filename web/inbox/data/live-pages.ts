import type { LivePage, PageListener } from "./model.ts";

/** A part of an ordered query: after one document, up to and with another, or so many of them. */
export interface Range<Cursor> {
  readonly after?: Cursor;
  readonly until?: Cursor;
  readonly limit?: number;
}

/** One snapshot of a part. */
export interface Part<T, Cursor> {
  readonly items: readonly T[];
  /** Where the part ends; absent when it is empty. */
  readonly last?: Cursor;
  /** True while only what was in memory is known, before the server has answered. */
  readonly fromCache: boolean;
}

/** Listens to a part of a query; returns how to stop. */
export type Listen<T, Cursor> = (
  range: Range<Cursor>,
  next: (part: Part<T, Cursor>) => void,
  fail: (reason: Error) => void,
) => () => void;

export interface PageSizes {
  readonly first: number;
  /** Small enough that taking in a page is not felt: 100 documents are about 40 ms of the SDK's work. */
  readonly next: number;
}

export const PAGE_SIZES: PageSizes = { first: 50, next: 100 };

interface OpenPage<T, Cursor> {
  part: Part<T, Cursor>;
  /** How many were asked for; absent once the page has a fixed end. */
  limit: number | undefined;
  readonly after: Cursor | undefined;
  stop: () => void;
}

/**
 * A live list that grows by pages, all of them live. A page that is followed by another gets the seam as its end instead
 * of a number: otherwise a document that comes in would push one out between the two. The page with the number stays
 * until the one with the end has the server's answer, so the list never shrinks in between.
 */
export function livePages<T extends { readonly id: string }, Cursor>(
  listen: Listen<T, Cursor>,
  listener: PageListener<T>,
  sizes: PageSizes = PAGE_SIZES,
): LivePage {
  const pages: OpenPage<T, Cursor>[] = [];
  let growing = false;

  const tell = () => {
    const seen = new Set<string>();
    const items = pages.flatMap(({ part }) => part.items.filter(({ id }) => !seen.has(id) && seen.add(id)));
    listener.next({ items, hasMore: hasMore(pages.at(-1)) });
  };

  const open = (limit: number, after: Cursor | undefined) => {
    const first = pages.length === 0;
    const page: OpenPage<T, Cursor> = { part: { items: [], fromCache: true }, limit, after, stop: () => undefined };
    const range = { limit, ...(after === undefined ? {} : { after }) };
    page.stop = listen(
      range,
      (part) => {
        // While offline the first page shows what there is; an empty memory is no answer.
        if (part.fromCache && (!first || part.items.length === 0) && page.part.fromCache) return;
        page.part = part;
        if (!pages.includes(page)) pages.push(page);
        growing = false;
        tell();
      },
      listener.fail,
    );
    return page;
  };

  const fixEnd = (page: OpenPage<T, Cursor>, until: Cursor) => {
    let answered = false;
    const stopOpenEnd = page.stop;
    const stop = listen(
      { until, ...(page.after === undefined ? {} : { after: page.after }) },
      (part) => {
        if (!answered && part.fromCache) return;
        if (!answered) stopOpenEnd();
        answered = true;
        page.part = part;
        tell();
      },
      listener.fail,
    );
    page.limit = undefined;
    page.stop = () => {
      stopOpenEnd();
      stop();
    };
  };

  let newest = open(sizes.first, undefined);
  return {
    more() {
      const page = pages.at(-1);
      if (growing || page?.part.last === undefined || !hasMore(page)) return;
      growing = true;
      const seam = page.part.last;
      fixEnd(page, seam);
      newest = open(sizes.next, seam);
    },
    stop() {
      for (const page of new Set([...pages, newest])) page.stop();
    },
  };
}

function hasMore(page: OpenPage<unknown, unknown> | undefined): boolean {
  return page?.limit !== undefined && page.part.items.length >= page.limit;
}
