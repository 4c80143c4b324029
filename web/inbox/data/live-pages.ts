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
  /** Small enough that taking in a page is not felt: 50 documents are about 10 ms of the SDK's work. */
  readonly next: number;
}

export const PAGE_SIZES: PageSizes = { first: 50, next: 50 };

export interface PagesOptions {
  /** @default PAGE_SIZES */
  readonly sizes?: PageSizes;
  /** Runs something once, a moment later; returns how to call it off. @default at once */
  readonly later?: (work: () => void) => () => void;
  /** The same for work that is felt: when nothing has to be drawn. @default `later` */
  readonly idle?: (work: () => void) => () => void;
  /** The same for what can wait until scrolling has stopped; called off and asked for anew by each page. @default `later` */
  readonly calm?: (work: () => void) => () => void;
  /** For lists in which a place tells nothing about a page: all pages stay live. @default false */
  readonly keepAll?: boolean;
}

/** Pages within so many items of what is looked at stay live. */
export const NEAR_ITEMS = 25;

interface OpenPage<T, Cursor> {
  part: Part<T, Cursor>;
  /** Where the page before ends. */
  readonly after: Cursor | undefined;
  /** How many are asked for as long as no page follows. */
  readonly limit: number;
  /** Where the next page begins, once there is one. */
  seam: Cursor | undefined;
  /** Has a seam, and a listener that still counts. */
  loose: boolean;
  /** Absent while the page is only remembered. */
  stop: (() => void) | undefined;
}

/**
 * A list that grows by pages and is live where one looks. A page that is followed by another gets the seam as its end
 * instead of a number: otherwise a document that comes in would push one out between the two. While one scrolls that waits
 * for the first change in the page, since most of what flies past is never listened to again. Pages far from what is
 * looked at are remembered without a listener, because the SDK goes through everything it holds, for every listener,
 * whenever something changes: at 10,000 conversations that took a third of a second. The first page is always live.
 */
export function livePages<T extends { readonly id: string }, Cursor>(
  listen: Listen<T, Cursor>,
  listener: PageListener<T>,
  options: PagesOptions = {},
): LivePage {
  const sizes = options.sizes ?? PAGE_SIZES;
  const pages: OpenPage<T, Cursor>[] = [];
  let opening: OpenPage<T, Cursor> | undefined;

  const later = options.later ?? now;
  const calm = options.calm ?? later;
  let callOffCalm: () => void = () => undefined;
  let due = false;
  let callOff: () => void = () => undefined;
  const turns: (() => void)[] = [];
  let callOffTurn: () => void = () => undefined;

  // To begin listening costs the SDK 10 ms and more: each in a task of its own with a frame between, and none in that
  // of the scroll that asked for it.
  const idle = options.idle ?? later;
  const inTurn = (work: () => void) => {
    turns.push(work);
    if (turns.length === 1) callOffTurn = idle(takeTurn);
  };
  const takeTurn = () => {
    turns[0]?.();
    turns.shift();
    if (turns.length > 0) callOffTurn = idle(takeTurn);
  };

  // What the SDK needs to take in a page and what React needs to draw it are two pieces of work, so that a frame fits
  // between them; several snapshots of a moment are drawn once.
  const tell = () => {
    // Not put off again by what comes meanwhile: under a stream of changes it would never be its turn.
    if (due) return;
    due = true;
    callOff = later(tellNow);
  };
  const tellNow = () => {
    due = false;
    const seen = new Set<string>();
    const items = pages.flatMap(({ part }) => part.items.filter(({ id }) => !seen.has(id) && seen.add(id)));
    listener.next({ items, hasMore: hasMore(pages.at(-1)) });
  };

  /** Listens to the page as it now is; what listened before goes on until the server has answered. */
  const attach = (page: OpenPage<T, Cursor>) => {
    const stopBefore = page.stop;
    page.loose = false;
    let answered = false;
    const alone = pages.length === 0;
    const end = page.seam === undefined ? { limit: page.limit } : { until: page.seam };
    const stop = listen(
      { ...end, ...(page.after === undefined ? {} : { after: page.after }) },
      (part) => {
        // While offline the first page shows what there is; an empty memory is no answer.
        if (!answered && part.fromCache && !(alone && part.items.length > 0)) return;
        if (page.loose && endOf(part) !== endOf(page.part)) return inTurn(() => tighten(page));
        if (!answered) stopBefore?.();
        answered = true;
        page.part = part;
        if (page === opening) {
          pages.push(page);
          opening = undefined;
        }
        tell();
      },
      listener.fail,
    );
    page.stop = () => {
      if (!answered) stopBefore?.();
      stop();
    };
  };

  /** Gives a page its seam as the end. What the counting listener last told of it stays until then. */
  const tighten = (page: OpenPage<T, Cursor>) => {
    if (page.loose) attach(page);
  };

  const open = (limit: number, after: Cursor | undefined): OpenPage<T, Cursor> => {
    opening = { part: { items: [], fromCache: true }, after, limit, seam: undefined, loose: false, stop: undefined };
    return opening;
  };

  /** Which pages are near these places, and which are not. */
  const byDistance = (first: number, last: number) => {
    let from = 0;
    return Map.groupBy(pages, ({ part }) => {
      const to = from + part.items.length;
      const near = from === 0 || (from <= last + NEAR_ITEMS && to >= first - NEAR_ITEMS);
      from = to;
      return near ? "near" : "far";
    });
  };

  const rest = (far: readonly OpenPage<T, Cursor>[] = []) => {
    if (options.keepAll === true) return;
    for (const page of far) {
      page.stop?.();
      page.stop = undefined;
      page.loose = false;
    }
  };

  attach(open(sizes.first, undefined));
  return {
    more() {
      const page = pages.at(-1);
      if (opening !== undefined || page?.part.last === undefined || !hasMore(page)) return;
      page.seam = page.part.last;
      const next = open(sizes.next, page.seam);
      inTurn(() => attach(next));
      page.loose = true;
      callOffCalm();
      callOffCalm = calm(() => {
        for (const one of pages) if (one.loose) inTurn(() => tighten(one));
      });
      // Whoever asks for more is at the end; one who scrolls on and on never rests anywhere.
      const end = pages.reduce((count, { part }) => count + part.items.length, 0);
      rest(byDistance(end, end).get("far"));
    },
    look(first, last) {
      const pagesBy = byDistance(first, last);
      for (const page of pagesBy.get("near") ?? []) if (page.stop === undefined) attach(page);
      rest(pagesBy.get("far"));
    },
    stop() {
      callOff();
      callOffTurn();
      callOffCalm();
      for (const page of [...pages, ...(opening === undefined ? [] : [opening])]) page.stop?.();
    },
  };
}

function endOf<T extends { readonly id: string }>({ items }: Part<T, unknown>): string | undefined {
  return items.at(-1)?.id;
}

function now(work: () => void): () => void {
  work();
  return () => undefined;
}

function hasMore(page: OpenPage<unknown, unknown> | undefined): boolean {
  return page !== undefined && page.seam === undefined && page.part.items.length >= page.limit;
}
