import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { livePages, NEAR_ITEMS, type PagesOptions, type Part, type Range } from "./live-pages.ts";
import type { Page } from "./model.ts";

interface Row {
  readonly id: string;
  readonly at: number;
}
type Listener = (part: Part<Row, number>) => void;

/** A table ordered by `at`, newest first, that tells its listeners what is in their range. */
function setUp(count: number, options: PagesOptions = {}) {
  let rows: Row[] = Array.from({ length: count }, (_, index) => ({ id: `r${index}`, at: 1_000 - index }));
  const open = new Map<Listener, Range<number>>();
  const answered = new Set<Listener>();
  const pages: Page<Row>[] = [];
  let fail: (reason: Error) => void = () => undefined;
  const failures: string[] = [];

  const inRange = ({ after, until, limit }: Range<number>) =>
    rows
      .filter(({ at }) => (after === undefined || at < after) && (until === undefined || at >= until))
      .sort((a, b) => b.at - a.at)
      .slice(0, limit);
  const tell = (listener: Listener, fromCache: boolean) => {
    const range = open.get(listener);
    if (range === undefined) return;
    if (!fromCache) answered.add(listener);
    // Memory knows what the server has told once.
    const items = answered.has(listener) ? inRange(range) : [];
    const last = items.at(-1)?.at;
    listener({ items, fromCache, ...(last === undefined ? {} : { last }) });
  };
  const live = livePages<Row, number>(
    (range, next, failed) => {
      open.set(next, range);
      fail = failed;
      return () => void open.delete(next);
    },
    { next: (page) => void pages.push(page), fail: (reason) => void failures.push(reason.message) },
    { sizes: { first: 3, next: 4 }, ...options },
  );
  return {
    live,
    pages,
    failures,
    fail: (reason: Error) => fail(reason),
    ranges: () => [...open.values()],
    ids: () => pages.at(-1)?.items.map(({ id }) => id),
    all: () => inRange({}).map(({ id }) => id),
    serve: (fromCache = false) => [...open.keys()].forEach((listener) => void tell(listener, fromCache)),
    change: (next: (rows: Row[]) => Row[]) => {
      rows = next(rows);
    },
  };
}

/** Somebody scrolls on and on. */
const NEVER = () => () => undefined;

test("the first page comes when the server has answered; a full one may have more", () => {
  const { serve, pages, ids } = setUp(5);
  serve(true);
  expect(pages).toEqual([]);
  serve();
  expect(ids()).toEqual(["r0", "r1", "r2"]);
  expect(pages.at(-1)?.hasMore).toBe(true);
});

test("a page that is not full is the last", () => {
  const { serve, pages, live, ranges } = setUp(2);
  serve();
  expect(pages.at(-1)).toMatchObject({ hasMore: false });
  live.more();
  expect(ranges()).toEqual([{ limit: 3 }]);
});

test("growing asks once, keeps the list while it waits, and fixes the seam", () => {
  const { serve, live, ids, ranges } = setUp(9);
  serve();
  live.more();
  live.more();
  expect(ranges()).toEqual([{ limit: 3 }, { after: 998, limit: 4 }, { until: 998 }]);
  serve(true);
  expect(ids()).toEqual(["r0", "r1", "r2"]);
  serve();
  expect(ids()).toEqual(["r0", "r1", "r2", "r3", "r4", "r5", "r6"]);
  expect(ranges()).toEqual([{ after: 998, limit: 4 }, { until: 998 }]);
});

test("growing listens a moment later, one part after the other, and not at all once it is stopped", () => {
  const due: (() => void)[] = [];
  const ranges: Range<number>[] = [];
  const answers: Listener[] = [];
  const live = livePages<Row, number>(
    (range, next) => {
      ranges.push(range);
      answers.push(next);
      return () => undefined;
    },
    { next: () => undefined, fail: () => undefined },
    {
      sizes: { first: 1, next: 1 },
      later: (work) => {
        due.push(work);
        return () => void due.splice(due.indexOf(work), 1);
      },
      calm: NEVER,
    },
  );
  const take = () => due.shift()?.();
  answers[0]?.({ items: [{ id: "a", at: 9 }], last: 9, fromCache: false });
  take();
  live.more();
  live.more();
  expect([ranges.length, due.length]).toEqual([1, 1]);
  take();
  expect(ranges.slice(1)).toEqual([{ after: 9, limit: 1 }]);
  live.stop();
  expect([ranges.length, due.length]).toEqual([2, 0]);
});

test("while one scrolls a page that is followed by another is not asked for anew, unless something changes in it", () => {
  let stopped: () => void = () => undefined;
  const calm = (work: () => void) => {
    stopped = work;
    return () => undefined;
  };
  const { serve, live, ranges, change, ids, all } = setUp(20, { calm });
  serve();
  live.more();
  serve();
  live.more();
  serve();
  expect(ranges()).toEqual([{ limit: 3 }, { after: 998, limit: 4 }, { after: 994, limit: 4 }]);
  change((rows) => [...rows, { id: "new", at: 2_000 }]);
  serve();
  expect(ranges()).toContainEqual({ until: 998 });
  serve();
  expect(ids()).toEqual(all().slice(0, 12));
  expect(ranges()).toContainEqual({ after: 998, limit: 4 });
  stopped();
  serve();
  expect(ranges()).toEqual([{ after: 994, limit: 4 }, { until: 998 }, { after: 998, until: 994 }]);
});

test("pages far from what is looked at are remembered, and live again when one comes back", () => {
  const { serve, live, ids, ranges, change } = setUp(400);
  serve();
  for (let page = 0; page < 60; page++) {
    live.more();
    serve();
  }
  live.look(230, 240);
  expect(ranges()[0]).toEqual({ until: 998 });
  expect(
    ranges()
      .slice(1)
      .every(({ after }) => after !== undefined && after < 1_000 - 120),
  ).toBe(true);
  change((rows) => rows.filter(({ id }) => id !== "r10"));
  serve();
  expect(ids()).toContain("r10");
  live.look(0, 20);
  expect(ranges().every(({ after = 1_000 }) => after > 1_000 - 130)).toBe(true);
  serve();
  expect(ids()).not.toContain("r10");
});

test("who scrolls on and on leaves only a few pages live behind", () => {
  const { serve, live, ids, ranges } = setUp(400);
  serve();
  for (let page = 0; page < 60; page++) {
    live.more();
    serve();
  }
  expect(ids()).toHaveLength(243);
  const afters = ranges().flatMap(({ after }) => after ?? []);
  expect(ranges()).toHaveLength(afters.length + 1);
  expect(Math.max(...afters)).toBeLessThan(1_000 - 243 + 2 * NEAR_ITEMS);
});

test("what changes in one moment is told once, however often it changes until then", () => {
  const due: (() => void)[] = [];
  const listeners: Listener[] = [];
  const told: number[] = [];
  const live = livePages<Row, number>(
    (_, next) => {
      listeners.push(next);
      return () => undefined;
    },
    { next: ({ items }) => void told.push(items.length), fail: () => undefined },
    {
      later: (work) => {
        due.push(work);
        return () => void due.splice(due.indexOf(work), 1);
      },
    },
  );
  const row = (id: string) => ({ id, at: 1 });
  listeners[0]?.({ items: [row("a")], fromCache: false });
  listeners[0]?.({ items: [row("a"), row("b")], fromCache: false });
  expect([told, due.length]).toEqual([[], 1]);
  due.shift()?.();
  expect(told).toEqual([2]);
  listeners[0]?.({ items: [], fromCache: false });
  live.stop();
  expect(due).toHaveLength(0);
});

test("stopping stops every part, also one that has not answered; a failure is passed on", () => {
  const { serve, live, ranges, fail, failures } = setUp(9);
  serve();
  live.more();
  fail(new Error("denied"));
  live.stop();
  expect(ranges()).toEqual([]);
  expect(failures).toEqual(["denied"]);
});

const change = fc.oneof(
  fc.record({ type: fc.constant("top" as const), index: fc.nat(19) }),
  fc.record({ type: fc.constant("insert" as const), at: fc.integer({ min: 981, max: 1_000 }) }),
  fc.record({ type: fc.constant("remove" as const), index: fc.nat(19) }),
);

test.prop([fc.array(change, { maxLength: 12 }), fc.nat(3), fc.boolean()])(
  "whatever moves, nothing falls between two pages",
  (changes, grow, scrolling) => {
    const { serve, live, change: apply, ids, all, pages } = setUp(20, scrolling ? { calm: NEVER } : {});
    serve();
    for (let times = 0; times < grow; times++) {
      live.more();
      serve();
    }
    for (const [step, { type, ...where }] of changes.entries()) {
      apply((rows) => {
        if (type === "insert") return [...rows, { id: `new${step}`, at: ("at" in where ? where.at : 0) + 0.5 }];
        const at = "index" in where ? where.index : 0;
        if (type === "remove") return rows.filter((_, index) => index !== at);
        return rows.map((row, index) => (index === at ? { ...row, at: 2_000 + step } : row));
      });
      serve();
      // A page in which something changed while one scrolls is asked for once more.
      if (scrolling) serve();
      const shown = ids() ?? [];
      expect(shown).toEqual(all().slice(0, shown.length));
      expect(pages.at(-1)?.hasMore === true || shown.length === all().length).toBe(true);
    }
  },
);
